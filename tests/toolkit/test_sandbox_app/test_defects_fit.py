"""A rule can be replaced on one sandbox without touching another: that is how defects are planted."""

from .world import World, a_world


async def test_replacing_one_rule_changes_one_sandbox(world: World) -> None:
    async with a_world() as broken:
        broken.sandbox.refunds.after_cancel = broken.sandbox.refunds.after_our_failure  # type: ignore[method-assign,assignment]  # a defect
        balances = []
        for each in (world, broken):
            person = await each.starter(10)
            job = await person.job()
            await person.call("POST", f"/v1/jobs/{job['id']}/cancel")
            balances.append(await person.balance())
    assert balances == [9, 10]


async def test_an_operation_is_looked_up_with_every_call(world: World) -> None:
    person = await world.starter()
    world.sandbox.jobs.list_jobs = world.sandbox.accounts.get_account  # type: ignore[method-assign]  # as a defect does
    assert (await person.call("GET", "/v1/jobs"))[1]["id"] == person.id
