import pytest

from tests.cast import load_city


@pytest.fixture
def committed_city(transactional_db):
    """云州市 committed, for tests in which several connections or processes take part."""
    load_city()
