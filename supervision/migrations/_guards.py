"""The functions and triggers that keep the board's counts, in the transaction of what they count."""

from django.db import migrations

IS_OPEN = """
CREATE FUNCTION supervision_is_open(state text) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
    SELECT state IN ('registered', 'forwarded', 'assigned', 'objected', 'disputed', 'accepted', 'studying', 'reported',
        'in_procedure', 'submitted', 'issued')
$$
"""

# 与 supervision.board.board_figures 里同名的条件一字一句对得上；次序是表的列次序
READ = """
CREATE FUNCTION supervision_board_rows(keys bigint[]) RETURNS SETOF supervision_boardrow LANGUAGE sql STABLE AS $$
    SELECT p.id, p.organ_id, p.secrecy > 0, p.accused_organ_id, p.rule_set_id, p.next_term, p.next_due_on,
        EXISTS (
            SELECT 1 FROM petitions_deadline d JOIN supervision_reminder r ON r.deadline_id = d.id
            WHERE d.petition_id = p.id AND d.term = p.next_term AND r.due_on = p.next_due_on
                AND r.withdrawn_at IS NOT NULL
        ),
        coalesce((
            SELECT string_agg(DISTINCT '·' || o.territory, '') FROM petitions_involvement i
            JOIN accounts_organ o ON o.id = i.organ_id WHERE i.petition_id = p.id AND i.until IS NULL
        ), ''),
        p.category_id, s.people_count >= 5, p.repeat_of_id IS NOT NULL,
        (
            SELECT min(d.due_on) FROM petitions_deadline d WHERE d.petition_id = p.id
                AND d.term IN ('D02', 'D03', 'D07n') AND d.ended_how IN ('', 'lapsed')
        ),
        coalesce(
            (SELECT min(o.answered_at) FROM supervision_order o WHERE o.petition_id = p.id AND o.state = 'answered'),
            (
                SELECT min(CASE WHEN d.term = 'SV' THEN d.due_at
                    WHEN d.term = p.next_term AND d.due_on = p.next_due_on THEN d.next_rung_at END)
                FROM petitions_deadline d WHERE d.petition_id = p.id AND d.ended_how = '' AND NOT d.paused
            ),
            '2000-01-01 00:00+08'
        )
    FROM unnest(keys) key JOIN petitions_petition p ON p.id = key JOIN petitions_submission s ON s.id = p.submission_id
    WHERE supervision_is_open(p.state)
$$
"""

COUNT = """
CREATE FUNCTION supervision_counts_of(rows supervision_boardrow[]) RETURNS TABLE (what text, organ_id bigint,
    places text, accused_id bigint, rule_set_id bigint, term text, due_on date, withdrawn boolean, category_id bigint)
LANGUAGE sql STABLE AS $$
    SELECT kind.what, kind.organ_id, r.places, r.accused_id, kind.rule_set_id, kind.term, kind.due_on, kind.withdrawn,
        kind.category_id
    FROM unnest(rows) r CROSS JOIN LATERAL (VALUES
        (true, 'due', r.organ_id, r.rule_set_id, r.next_term::text, r.next_due_on, r.withdrawn, NULL::bigint),
        (r.group_visit, 'group', NULL, NULL, '', NULL, false, NULL),
        (r.repeated, 'repeat', NULL, NULL, '', NULL, false, NULL),
        (r.untold_on IS NOT NULL, 'untold', NULL, NULL, '', r.untold_on, false, NULL),
        (r.category_id IS NOT NULL, 'category', NULL, NULL, '', NULL, false, r.category_id)
    ) kind (counts, what, organ_id, rule_set_id, term, due_on, withdrawn, category_id)
    WHERE kind.counts AND NOT r.secret
$$
"""

# 先锁件，再读：同一件上先后提交的两笔，后一笔读得到前一笔。锁的是行为本来就要锁的那一行，锁的先后不变
AGAIN = """
CREATE FUNCTION supervision_stand_again(keys bigint[]) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    fresh supervision_boardrow[];
    stored supervision_boardrow[];
BEGIN
    IF keys IS NULL OR cardinality(keys) = 0 THEN
        RETURN;
    END IF;
    PERFORM 1 FROM petitions_petition WHERE id = ANY (keys) ORDER BY id FOR NO KEY UPDATE;
    fresh := ARRAY(SELECT r FROM supervision_board_rows(keys) r ORDER BY r.petition_id);
    stored := ARRAY(SELECT b FROM supervision_boardrow b WHERE b.petition_id = ANY (keys) ORDER BY b.petition_id);
    IF fresh = stored THEN
        RETURN;
    END IF;
    INSERT INTO supervision_boardcount
        (what, organ_id, places, accused_id, rule_set_id, term, due_on, withdrawn, category_id, n)
    SELECT what, organ_id, places, accused_id, rule_set_id, term, due_on, withdrawn, category_id, sum(sign)
    FROM (
        SELECT *, 1 AS sign FROM supervision_counts_of(fresh)
        UNION ALL SELECT *, -1 FROM supervision_counts_of(stored)
    ) moved
    GROUP BY what, organ_id, places, accused_id, rule_set_id, term, due_on, withdrawn, category_id
    HAVING sum(sign) <> 0;
    DELETE FROM supervision_boardrow b WHERE b.petition_id = ANY (keys)
        AND NOT EXISTS (SELECT 1 FROM unnest(fresh) f WHERE f.petition_id = b.petition_id);
    INSERT INTO supervision_boardrow AS b SELECT f.* FROM unnest(fresh) f
    ON CONFLICT (petition_id) DO UPDATE SET
        organ_id = EXCLUDED.organ_id, secret = EXCLUDED.secret, accused_id = EXCLUDED.accused_id,
        rule_set_id = EXCLUDED.rule_set_id, next_term = EXCLUDED.next_term, next_due_on = EXCLUDED.next_due_on,
        withdrawn = EXCLUDED.withdrawn, places = EXCLUDED.places, category_id = EXCLUDED.category_id,
        group_visit = EXCLUDED.group_visit, repeated = EXCLUDED.repeated, untold_on = EXCLUDED.untold_on,
        step_at = EXCLUDED.step_at
    WHERE b.* IS DISTINCT FROM EXCLUDED.*;
END $$
"""

# 表 → 语句里动了的行牵动哪些件；`later`、`earlier` 是语句前后的行
BOTH = "SELECT * FROM later UNION ALL SELECT * FROM earlier"

TOUCHED = {
    "petitions_petition": {
        "INSERT": "SELECT id FROM later WHERE supervision_is_open(state)",
        "UPDATE": """SELECT later.id FROM later JOIN earlier USING (id) WHERE (
            supervision_is_open(later.state), later.organ_id, later.rule_set_id, later.next_term, later.next_due_on, later.secrecy,
            later.accused_organ_id, later.category_id, later.repeat_of_id IS NULL, later.submission_id
        ) IS DISTINCT FROM (
            supervision_is_open(earlier.state), earlier.organ_id, earlier.rule_set_id, earlier.next_term, earlier.next_due_on, earlier.secrecy,
            earlier.accused_organ_id, earlier.category_id, earlier.repeat_of_id IS NULL, earlier.submission_id
        )""",
        "DELETE": "SELECT id FROM earlier",
    },
    "petitions_submission": {
        "UPDATE": """SELECT p.id FROM later JOIN earlier USING (id) JOIN petitions_petition p ON p.submission_id = later.id
            WHERE later.people_count <> earlier.people_count""",
    },
    "petitions_involvement": {
        "INSERT": "SELECT petition_id FROM later WHERE until IS NULL",
        "UPDATE": """SELECT moved.petition_id FROM (
            SELECT id, petition_id, organ_id, until IS NULL AS running FROM later
            EXCEPT SELECT id, petition_id, organ_id, until IS NULL FROM earlier
            UNION ALL (SELECT id, petition_id, organ_id, until IS NULL FROM earlier
            EXCEPT SELECT id, petition_id, organ_id, until IS NULL FROM later)
        ) moved""",
        "DELETE": "SELECT petition_id FROM earlier WHERE until IS NULL",
    },
    "petitions_deadline": {
        "INSERT": "SELECT petition_id FROM later WHERE kind <> 'right'",
        "UPDATE": f"SELECT petition_id FROM ({BOTH}) moved WHERE kind <> 'right'",
        "DELETE": "SELECT petition_id FROM earlier WHERE kind <> 'right'",
    },
    "supervision_reminder": {
        "INSERT": """SELECT d.petition_id FROM later JOIN petitions_deadline d ON d.id = later.deadline_id
            WHERE later.withdrawn_at IS NOT NULL""",
        "UPDATE": """SELECT d.petition_id FROM later JOIN earlier USING (id)
            JOIN petitions_deadline d ON d.id IN (later.deadline_id, earlier.deadline_id)
            WHERE (later.withdrawn_at IS NULL, later.deadline_id, later.due_on)
                IS DISTINCT FROM (earlier.withdrawn_at IS NULL, earlier.deadline_id, earlier.due_on)""",
        "DELETE": """SELECT d.petition_id FROM earlier JOIN petitions_deadline d ON d.id = earlier.deadline_id
            WHERE earlier.withdrawn_at IS NOT NULL""",
    },
    "supervision_order": {
        "INSERT": "SELECT petition_id FROM later WHERE state = 'answered'",
        "UPDATE": f"SELECT petition_id FROM ({BOTH}) moved WHERE state = 'answered'",
        "DELETE": "SELECT petition_id FROM earlier WHERE state = 'answered'",
    },
    "accounts_organ": {
        "UPDATE": """SELECT i.petition_id FROM later JOIN earlier USING (id)
            JOIN petitions_involvement i ON i.organ_id = later.id AND i.until IS NULL AND i.open
            WHERE later.territory <> earlier.territory""",
    },
}

SEEN = {
    "INSERT": "NEW TABLE AS later",
    "UPDATE": "OLD TABLE AS earlier NEW TABLE AS later",
    "DELETE": "OLD TABLE AS earlier",
}


def watch(table: str, event: str, touched: str) -> migrations.RunSQL:
    name = f"supervision_{table}_{event.lower()}"
    return migrations.RunSQL(
        f"""
        CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            PERFORM supervision_stand_again(ARRAY(SELECT DISTINCT touched.* FROM ({touched}) touched));
            RETURN NULL;
        END $$;
        CREATE TRIGGER board_{event.lower()} AFTER {event} ON {table} REFERENCING {SEEN[event]}
            FOR EACH STATEMENT EXECUTE FUNCTION {name}();
        """,
        f"DROP TRIGGER board_{event.lower()} ON {table}; DROP FUNCTION {name}();",
    )


def counting() -> list[migrations.RunSQL]:
    return [
        migrations.RunSQL(IS_OPEN, "DROP FUNCTION supervision_is_open(text)"),
        migrations.RunSQL(READ, "DROP FUNCTION supervision_board_rows(bigint[])"),
        migrations.RunSQL(COUNT, "DROP FUNCTION supervision_counts_of(supervision_boardrow[])"),
        migrations.RunSQL(AGAIN, "DROP FUNCTION supervision_stand_again(bigint[])"),
        *(watch(table, event, touched) for table, of in TOUCHED.items() for event, touched in of.items()),
    ]
