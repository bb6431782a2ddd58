"""Puts the library beside the package where SMTP_CODES_LIBRARY names it, and then says for which platform the wheel is."""

import os
import shutil
from pathlib import Path

from setuptools import setup
from setuptools.command.build_py import build_py
from setuptools.dist import Distribution

try:
    from setuptools.command.bdist_wheel import bdist_wheel
except ImportError:  # before setuptools 70.1
    from wheel.bdist_wheel import bdist_wheel

LIBRARY = os.environ.get("SMTP_CODES_LIBRARY")


class BuildWithLibrary(build_py):
    def run(self):
        super().run()
        if LIBRARY:
            shutil.copyfile(LIBRARY, Path(self.build_lib, "smtp_codes", "libsmtp_codes.so"))


class WheelWithLibrary(bdist_wheel):
    def get_tag(self):
        python, abi, platform = super().get_tag()
        # The library is called through ctypes: any Python will do.
        return ("py3", "none", platform) if LIBRARY else (python, abi, platform)


class WithLibrary(Distribution):
    def has_ext_modules(self):
        return bool(LIBRARY)


setup(distclass=WithLibrary, cmdclass={"build_py": BuildWithLibrary, "bdist_wheel": WheelWithLibrary})
