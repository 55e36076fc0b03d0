"""A citizen filling in the online letter without a script: pages are read and posted as a browser would."""

import io
import re

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

STORY = "11月3日起，春柳苑3号楼地下室一直渗水，物业说没有维修资金，找过社区两次，没有人来修。"
PAGES = {
    "kind": {"kind": "appeal"},
    "who": {"who": "self"},
    "name": {"nm": "陈玉兰", "idno": ""},
    "contact": {"tel": "13800006215", "addr": "云河区青柳街道春柳苑3号楼102室"},
    "secret": {"withheld": "no"},
    "place": {"loc": "11019901001", "spot": "春柳苑3号楼"},
    "about": {"tgt": "春柳苑物业"},
    "story": {"txt": STORY},
    "claims": {"claim1": "尽快修好渗水", "claim2": "公开维修资金的使用"},
    "court": {"court": ""},
    "files": {},
    "ways": {},
}
BEHALF = {"p_nm": "周建国", "p_idno": "", "p_tel": "", "p_addr": "云河区青柳街道春柳苑5号楼"}


class Filling:
    """One browser. `to(page)` opens it; `put(page, …)` posts it with what else is said; cookies are kept."""

    def __init__(self, client: Client | None = None):
        self.client = client or Client(enforce_csrf_checks=True)

    def start(self):
        page = self.client.get("/submit/")
        answer = self.client.post("/submit/", {"csrfmiddlewaretoken": token_in(page)})
        assert answer.status_code == 303
        return self

    def to(self, key: str):
        return self.client.get(f"/submit/{key}/")

    def put(self, key: str, files=(), **told):
        """Post the page as it stands open now, with its hidden fields."""
        page = self.to(key)
        assert page.status_code == 200, (key, page.status_code, page.headers.get("Location"))
        told = hidden_in(page, f"/submit/{key}/") | told
        if files:
            told["files"] = [SimpleUploadedFile(name, content, "application/octet-stream") for name, content in files]
        return self.client.post(f"/submit/{key}/", told)

    def fill(self, *, until: str = "", **other):
        """All pages in their order with PAGES, and `other` {page: fields} instead; returns where it came out."""
        told = PAGES | other
        key = "kind"
        for _ in range(30):
            if key in ("check", until):
                return self
            answer = self.put(key, **told[key])
            assert answer.status_code == 303, (key, faults_in(answer))
            key = answer.headers["Location"].strip("/").split("/")[-1]
        raise AssertionError("没有走到核对")

    def submit(self, **told):
        page = self.to("check")
        return self.client.post("/submit/check/", hidden_in(page, "/submit/check/") | {"pledge": "yes"} | told)


def token_in(page) -> str:
    return re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page.content.decode())[1]


def hidden_in(page, action: str) -> dict[str, str]:
    form = re.search(rf'action="{re.escape(action)}".*?</form>', page.content.decode(), re.S)[0]
    return dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', form))


def faults_in(page) -> str:
    return " ".join(re.findall(r'class="(?:err|errsum[^"]*|note[^"]*)".*?</(?:span|div)>', page.content.decode(), re.S))


def picture(sort="JPEG", size=(60, 40), **more) -> bytes:
    written = io.BytesIO()
    Image.new("RGB", size, "navy").save(written, sort, **more)
    return written.getvalue()


def with_place() -> bytes:
    """A JPEG with the GPS place and the camera in its EXIF block."""
    exif = Image.Exif()
    exif[0x010F] = "PhoneMaker-Secret"
    exif[0x0112] = 6
    exif.get_ifd(0x8825)[2] = (39.0, 54.0, 27.0)
    return picture(size=(60, 40), exif=exif)
