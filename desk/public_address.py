"""群众的页在哪里：两道门同在一个主机的写路径，分开的写全，工作人员点得过去。"""

from urllib.parse import urljoin

from django.conf import settings


def address(path: str) -> str:
    """The address of a page of the citizens' door, as the staff's pages may link to it. `path` begins with a slash."""
    apart = settings.PUBLIC_HOST or settings.DOOR
    return urljoin(settings.PUBLIC_QUERY_URL, path) if apart else path
