import pytest

from tests.public.submit.filling import Filling


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    """Files of the tests lie in a folder of their own."""
    settings.MEDIA_ROOT = tmp_path / "media"
    return settings.MEDIA_ROOT


@pytest.fixture
def letter(city):
    """Opened, nothing filled in."""
    return Filling().start()
