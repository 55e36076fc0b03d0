from datetime import date
from pathlib import Path

import pytest
from django.conf import settings

from accounts.models import Organ
from documents.letters import letter_pack
from tests.documents.samples import STREET

LETTERS = Path(settings.BASE_DIR) / "citypacks" / "reference"


@pytest.fixture
def kept_files(tmp_path, settings):
    """Files of a test go to a folder that is thrown away."""
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def street(db, kept_files):
    """A street office with its district government above it, and the letters of the reference pack in force."""
    return furnish()


def furnish():
    letter_pack.load(LETTERS, valid_from=date(2022, 5, 1))
    district = Organ.objects.create(
        code="YH",
        name="云河区人民政府",
        short_name="云河区政府",
        letter_code="云政",
        kind="government",
        level="district",
    )
    street = Organ.objects.create(
        code="YHQL",
        name=STREET,
        short_name="青柳街道",
        letter_code="云青访",
        kind="street",
        level="street",
        parent=district,
        review_organ=district,
    )
    street.refresh_from_db()
    return street
