"""What a mail server's reply means, who is at fault, and what to do next.

>>> from smtp_codes import diagnose
>>> diagnose("550 5.1.1 User unknown").reason
'recipient-unknown'
"""

from ._decide import Decision, decide
from ._diagnose import Diagnosis, diagnose, diagnose_json
from ._library import LibraryNotFound, catalogue_date, catalogue_version, version
from .batch import columns_of, diagnose_arrow, labels
from .lists import Address, Basis, Bounce, Command, Delivery, Party, Reason, Remedy, Step

__all__ = [
    "Address",
    "Basis",
    "Bounce",
    "Command",
    "Decision",
    "Delivery",
    "Diagnosis",
    "LibraryNotFound",
    "Party",
    "Reason",
    "Remedy",
    "Step",
    "catalogue_date",
    "catalogue_version",
    "columns_of",
    "decide",
    "diagnose",
    "diagnose_arrow",
    "diagnose_json",
    "labels",
    "version",
]
