"""The registry: every rule the oracle knows, by id."""

from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from types import MappingProxyType

from framecast_contract.oracle import (
    access,
    account_deletion,
    accounts,
    api_keys,
    artifacts,
    assets,
    callbacks,
    conversations,
    credits,
    delivery_life,
    errors,
    events,
    idempotency,
    instants,
    invitations,
    job_life,
    jobs,
    limits,
    members,
    messages,
    owners,
    payloads,
    prices,
    project_rules,
    project_world,
    refunds,
    renders,
    spec_rules,
    storage_keys,
    system_assets,
    team_laws,
    teams,
    uploads,
    urls,
    webhook_calls,
    webhooks,
    world,
)
from framecast_contract.oracle.words import Rule

FAMILIES = (
    refunds, prices, credits, job_life, jobs, instants, events, callbacks, idempotency, limits, spec_rules,
    owners, access, accounts, api_keys, system_assets, urls, errors, world,
    account_deletion, teams, members, invitations, team_laws, artifacts, conversations, messages,
    project_rules, project_world, renders, uploads, assets, storage_keys, webhooks, delivery_life,
    webhook_calls, payloads,
)  # fmt: skip


def collected(rules: Iterable[Rule]) -> Mapping[str, Rule]:
    """Rules by id; raises ValueError when two of them claim one id."""
    found: dict[str, Rule] = {}
    for each in rules:
        if each.id in found:
            raise ValueError(
                f"two rules are called {each.id}: {found[each.id].statement!r} and {each.statement!r}"
            )
        found[each.id] = each
    return MappingProxyType(found)


RULES: Mapping[str, Rule] = collected(each for family in FAMILIES for each in family.RULES)


def rule(rule_id: str) -> Rule:
    """The rule of that id; raises KeyError naming the ids that look like it."""
    if rule_id in RULES:
        return RULES[rule_id]
    near = get_close_matches(rule_id, RULES, n=3, cutoff=0.4)
    hint = f"did you mean {', '.join(near)}?" if near else "see framecast_contract.oracle.rules.RULES"
    raise KeyError(f"no rule is called {rule_id!r}; {hint}")
