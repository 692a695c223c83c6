from test_times import *
async def test_x(shown, people):
    print([e.line() for e in people.history if e.method=="GET"][-40:], len(people.history), sorted({(n) for s in shown for n in s if n.endswith("_at")}))
