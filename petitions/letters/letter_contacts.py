"""文书上写给收件人的联系人和电话。"""


def contact_of(petition, by, organ=None) -> dict:
    """Whom the reader may call: the person acting, at the office's number."""
    organ = (organ or petition.organ).office
    phone = (by.user.phone if by.user else "") or organ.phone
    return {"contact": by.user.name if by.user else "信访事项承办人", "contact_phone": phone}
