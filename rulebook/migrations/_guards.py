"""What was published is never changed; a mistake is corrected by publishing the next."""

# The database itself refuses to change what was published; a mistake is corrected by publishing the next.
SEAL = r"""
CREATE FUNCTION rulebook_sealed_set() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.status = 'draft' THEN
        RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
    END IF;
    IF TG_OP = 'UPDATE' AND OLD.status = 'published' AND NEW.status = 'frozen'
       AND (to_jsonb(NEW) - 'status') = (to_jsonb(OLD) - 'status') THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION '已发布的规则集不能修改或删除，请发布新的规则集'
            USING ERRCODE = 'integrity_constraint_violation';
END $$;

CREATE FUNCTION rulebook_sealed_set_row() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    touched bigint[];
BEGIN
    touched := ARRAY[]::bigint[];
    IF TG_OP <> 'INSERT' THEN touched := touched || OLD.rule_set_id; END IF;
    IF TG_OP <> 'DELETE' THEN touched := touched || NEW.rule_set_id; END IF;
    IF EXISTS (SELECT 1 FROM rulebook_ruleset WHERE id = ANY (touched) AND status <> 'draft') THEN
        RAISE EXCEPTION '已发布的规则集不能修改或删除，请发布新的规则集'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;

CREATE FUNCTION rulebook_sealed_calendar() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.published_at IS NULL THEN
        RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
    END IF;
    RAISE EXCEPTION '已发布的放假安排不能修改或删除，请发布新的版次'
            USING ERRCODE = 'integrity_constraint_violation';
END $$;

CREATE FUNCTION rulebook_sealed_calendar_day() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    touched bigint[];
BEGIN
    touched := ARRAY[]::bigint[];
    IF TG_OP <> 'INSERT' THEN touched := touched || OLD.version_id; END IF;
    IF TG_OP <> 'DELETE' THEN touched := touched || NEW.version_id; END IF;
    IF EXISTS (SELECT 1 FROM rulebook_calendarversion WHERE id = ANY (touched) AND published_at IS NOT NULL) THEN
        RAISE EXCEPTION '已发布的放假安排不能修改或删除，请发布新的版次'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;

CREATE TRIGGER sealed BEFORE UPDATE OR DELETE ON rulebook_ruleset
    FOR EACH ROW EXECUTE FUNCTION rulebook_sealed_set();
CREATE TRIGGER sealed BEFORE INSERT OR UPDATE OR DELETE ON rulebook_termrow
    FOR EACH ROW EXECUTE FUNCTION rulebook_sealed_set_row();
CREATE TRIGGER sealed BEFORE INSERT OR UPDATE OR DELETE ON rulebook_packsetting
    FOR EACH ROW EXECUTE FUNCTION rulebook_sealed_set_row();
CREATE TRIGGER sealed BEFORE UPDATE OR DELETE ON rulebook_calendarversion
    FOR EACH ROW EXECUTE FUNCTION rulebook_sealed_calendar();
CREATE TRIGGER sealed BEFORE INSERT OR UPDATE OR DELETE ON rulebook_calendarday
    FOR EACH ROW EXECUTE FUNCTION rulebook_sealed_calendar_day();
"""

UNSEAL = """
DROP TRIGGER sealed ON rulebook_calendarday;
DROP TRIGGER sealed ON rulebook_calendarversion;
DROP TRIGGER sealed ON rulebook_packsetting;
DROP TRIGGER sealed ON rulebook_termrow;
DROP TRIGGER sealed ON rulebook_ruleset;
DROP FUNCTION rulebook_sealed_calendar_day();
DROP FUNCTION rulebook_sealed_calendar();
DROP FUNCTION rulebook_sealed_set_row();
DROP FUNCTION rulebook_sealed_set();
"""
