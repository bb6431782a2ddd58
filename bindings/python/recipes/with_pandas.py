"""pandas: the columns of a diagnosis beside those of a frame."""

import pandas as pd
import pyarrow as pa

from smtp_codes import diagnose_arrow


def diagnosed(frame: pd.DataFrame, column: str = "reply", **options) -> pd.DataFrame:
    """The frame with a column for each field of the diagnosis; slugs are categories."""
    replies = pa.array(frame[column], pa.large_string(), from_pandas=True)
    return frame.join(diagnose_arrow(replies, **options).to_pandas().set_index(frame.index))


if __name__ == "__main__":
    bounces = pd.DataFrame({"reply": ["550 5.1.1 User unknown", None, "452 4.2.2 Mailbox full"]})
    print(diagnosed(bounces, fields=["reason", "address"]))
