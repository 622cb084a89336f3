"""A locked meeting without a score may be scored later: once, named as late, and only until the minutes it is voted in are locked."""

from django.db import migrations, models

GUARDS = """
CREATE FUNCTION hoithao_score_is_settled(score hoithao_score) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT CASE WHEN score.late_because = ''
        THEN EXISTS (SELECT 1 FROM hoithao_meeting WHERE id = score.meeting_id AND status = 'closed')
        ELSE EXISTS (SELECT 1 FROM hoithao_vote v JOIN hoithao_meeting m ON m.id = v.meeting_id
                     WHERE v.id = score.vote_id AND m.status = 'closed') END
$$;

CREATE OR REPLACE FUNCTION hoithao_refuse_score_of_closed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.late_because = '' AND hoithao_score_is_settled(NEW) THEN
            RAISE EXCEPTION 'frozen: closed meeting % is scored late or not', NEW.meeting_id USING ERRCODE = 'integrity_constraint_violation';
        END IF;
        RETURN NEW;
    END IF;
    IF hoithao_score_is_settled(OLD) AND (TG_OP = 'DELETE' OR
        to_jsonb(OLD) - 'state' - 'sent_at' - 'updated_at' IS DISTINCT FROM to_jsonb(NEW) - 'state' - 'sent_at' - 'updated_at') THEN
        RAISE EXCEPTION 'frozen: score of closed meeting %', OLD.meeting_id USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    IF OLD.late_because <> '' AND NEW.late_because = '' THEN
        RAISE EXCEPTION 'frozen: a late score stays named as late' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
DROP TRIGGER score_of_closed ON hoithao_score;
CREATE TRIGGER score_of_closed BEFORE INSERT OR UPDATE OR DELETE ON hoithao_score
    FOR EACH ROW EXECUTE FUNCTION hoithao_refuse_score_of_closed();

CREATE OR REPLACE FUNCTION hoithao_refuse_score_line_of_closed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM hoithao_score s WHERE hoithao_score_is_settled(s)
               AND s.id = (CASE WHEN TG_OP = 'INSERT' THEN NEW.score_id ELSE OLD.score_id END)) THEN
        RAISE EXCEPTION 'frozen: score line of a closed meeting' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("hoithao", "0014_alerts_ask_the_frames")]

    operations = [
        migrations.AddField(
            model_name="score",
            name="late_because",
            field=models.CharField(blank=True, default="", help_text="Chấm sau khi khóa biên bản; chi bộ biểu quyết ở một buổi sau.", max_length=300, verbose_name="lý do chấm quá hạn"),
        ),
        migrations.RunSQL(GUARDS, migrations.RunSQL.noop),
    ]
