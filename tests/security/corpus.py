"""Hostile input, one line a class of fault. Seeded use only: what failed once becomes a row here."""

MARK = "k9x"  # found in a page, a payload was shown; run by a browser, it calls window.k9x()

SCRIPTS = [
    "<script>window.k9x()</script>",
    "</textarea></title></script><script>window.k9x()</script>",
    '"><img src=x onerror=window.k9x()>',
    "' autofocus onfocus=window.k9x() x='",
    "<svg><animate onbegin=window.k9x() attributeName=x dur=1s>",
    "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 onerror=window.k9x()&gt;'>",
    "javascript:window.k9x()//",
    "\tjava\nscript:window.k9x()",
    "<a id=cookie name=constructor href=javascript:window.k9x()>k9x</a>",
    "${window.k9x()}`-window.k9x()-`",
    "__proto__[k9x]",
    "<iframe srcdoc='<script>parent.k9x()</script>'>",
    '<form><input name=attributes><button formaction="javascript:window.k9x()">',
]
QUERIES = [
    "' OR '1'='1",
    "'; DROP TABLE chibo_member; --",
    "’ OR 1=1 –",
    "＇ OR ＇1＇=＇1",
    "\\'; SELECT pg_sleep(5) --",
    "1) UNION SELECT password FROM accounts_user --",
    "%' AND 1=0 UNION ALL SELECT NULL --",
    "$$;select 1;$$",
]
LOOKUPS = [
    "organisation__path__startswith",
    "user__password__regex",
    "-user__password",
    "?",
    "pk__in",
    "__class__",
    "search_key__contains=x",
    "(.*a){30}",
]
TEMPLATES = [
    "{{ 7|add:7 }}{% debug %}{% include 'base.html' %}",
    "{{ request.user.password }}",
    "{{ ''.__class__.__mro__ }}",
    "%(password)s %s %n",
    "{0.__class__} {settings.SECRET_KEY}",
    "{% for x in 1 %}",
]
LETTERS = [
    "\x00",
    "giữa\x00chữ",
    "\ud800",
    "e\u0302\u0323 Tha\u0309o luận",
    "\u202eđảo\u202c",
    "Ngu\u200byễn\u200d\ufeff",
    "👩‍👩‍👧‍👦🇻🇳",
    "a\u0301\u0301\u0301" * 40,
    "\r\nSet-Cookie: k9x=1",
    "\u2028\u2029\x1b[31m",
    "\U0010ffff\ufffe",
    "  \t \n ",
    "ﷺ" * 200,
    "İ" * 300,
]
NUMBERS = [
    "-1",
    "0",
    str(2**31),
    str(2**63),
    "9" * 30,
    "9" * 5000,
    "1e309",
    "NaN",
    "-Infinity",
    "²",
    "٣",
    "１２",
    "1_000",
    "0x10",
    "1.5",
    "+5",
    "1,5",
]
DATES = [
    "0001-01-01",
    "9999-12-31",
    "31/02/2020",
    "2020-02-31",
    "0000-00-00",
    "10000-01-01",
    "-2020-01-01",
    "2020-W01",
    "2020-12",
    "0001-01",
    "9999-12",
    "25:61",
    "23:59:60",
]
FORMULAS = ["=1+1", "+1", "-1+cmd|' /C calc'!A0", "@SUM(1)", "\t=1", "\r=1", "＝1+1", "\ufeff=1", '=HYPERLINK("x")']
LONG = ["Ồ" * 100_000, "chữ " * 60_000]
KEYS = ["không-phải-uuid", "00000000-0000-0000-0000-000000000000", "{}", "[]", '{"a":1}', "null", "true", "'"]

SHORT = SCRIPTS + QUERIES + LOOKUPS + TEMPLATES + LETTERS + NUMBERS + DATES + FORMULAS + KEYS
ALL = SHORT + LONG
# Fields a person never fills in: none of them may reach a row.
EXTRA = {
    "id": "1", "pk": "1", "owner": "1", "organisation_id": "1", "status": "CLOSED", "number": "99", "period": "x",
    "locked_at": "2020-01-01", "created_at": "2020-01-01", "created_by": "1", "by": "1", "is_staff": "1", "is_superuser": "1",
    "is_active": "0", "role": "QUAN_TRI", "path": "1.", "sha256": "0", "document": "1", "is_synthetic": "0", "version": "9",
    "user": "1", "issued_by": "1", "password": "x", "draft_number": "9", "search_key": "x", "sort_key": "x",
}  # fmt: skip
