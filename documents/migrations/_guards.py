"""已签发的文书、打印记录和盖章件由数据库冻结。"""

FREEZE = r"""
CREATE FUNCTION documents_frozen_letter() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    -- 加密字段换钥重存、密级随案调整、PDF 找回后换位置，都不改文书本身
    loose text[] := ARRAY['status', 'void_reason', 'voided_at', 'voided_by_id', 'sealed', 'secrecy', 'pdf', 'pdf_hash'];
BEGIN
    IF OLD.status = 'draft' THEN
        RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
    END IF;
    IF TG_OP = 'UPDATE'
       AND (to_jsonb(NEW) - loose) = (to_jsonb(OLD) - loose)
       AND (NEW.status = OLD.status OR (OLD.status = 'issued' AND NEW.status = 'void'))
       AND (OLD.status = 'issued' OR NEW.void_reason = OLD.void_reason)
       AND (NEW.pdf_hash = OLD.pdf_hash OR OLD.pdf_hash = '')
       AND (NEW.sealed = '') = (OLD.sealed = '') THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION '已签发的文书不能修改或删除，更正请另制文书'
            USING ERRCODE = 'integrity_constraint_violation';
END
$$;
CREATE TRIGGER frozen BEFORE UPDATE OR DELETE ON documents_letter
    FOR EACH ROW EXECUTE FUNCTION documents_frozen_letter();

CREATE FUNCTION documents_print_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '打印记录不能修改或删除'
            USING ERRCODE = 'integrity_constraint_violation';
END
$$;
CREATE TRIGGER kept BEFORE UPDATE OR DELETE ON documents_letterprint
    FOR EACH ROW EXECUTE FUNCTION documents_print_kept();
"""

THAW = """
DROP TRIGGER kept ON documents_letterprint;
DROP FUNCTION documents_print_kept();
DROP TRIGGER frozen ON documents_letter;
DROP FUNCTION documents_frozen_letter();
"""

# 盖章件和打印记录一样：收存以后不改不删
KEEP = """
CREATE FUNCTION documents_sealed_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '盖章件收存以后不能修改或删除' USING ERRCODE = 'integrity_constraint_violation';
END
$$;
CREATE TRIGGER kept BEFORE UPDATE OR DELETE ON documents_sealedcopy
    FOR EACH ROW EXECUTE FUNCTION documents_sealed_kept();
"""
UNKEEP = "DROP TRIGGER kept ON documents_sealedcopy; DROP FUNCTION documents_sealed_kept();"
