namespace Scoring.Rules;

/// <summary>Describes the differences of two rule sets in words for participants. The words are stored and stay as they are.</summary>
internal static class RuleSetChange
{
    /// <summary>One sentence for each difference: rules, tiers, corrections.</summary>
    public static IEnumerable<string> Words(RuleSet before, RuleSet after)
    {
        foreach (var rule in after.Rules)
        {
            var old = before.Rules.FirstOrDefault(other => other.Id == rule.Id);
            if (old is null) yield return New(rule);
            else
                foreach (var words in Changes(old, rule)) yield return $"Rule {rule.Id}: {words}";
        }
        foreach (var rule in before.Rules)
            if (after.Rules.All(other => other.Id != rule.Id))
                yield return $"Rule {rule.Id} ends: {rule.Reason} What it gave until then fades as it did.";
        foreach (var words in TierWords(before, after)) yield return words;
        foreach (var correction in after.Corrections)
            yield return Wording.Of(
                $"Taken back: what rule {correction.Rule} of version {correction.RuleSet} gave counts nothing any more.");
    }

    private static string New(Rule rule) => Wording.Of(
        $"New rule {rule.Id}: {rule.Reason} On {rule.EventType}, {Wording.Of(rule.When)}: {Wording.Of(rule.Points)} points; at most {
            rule.CapPerDay} a day and {rule.CapPerWindow} in {rule.WindowDays} days, {Fading(rule.HalfLifeDays)}.");

    private static IEnumerable<string> Changes(Rule before, Rule after)
    {
        if (before.Reason != after.Reason) yield return $"its reason is now: {after.Reason}";
        if (before.EventType != after.EventType) yield return $"it goes by {after.EventType}, before by {before.EventType}.";
        var pointsBefore = Wording.Of(before.Points);
        var pointsAfter = Wording.Of(after.Points);
        if (pointsBefore != pointsAfter) yield return $"it gives {pointsAfter} points, before {pointsBefore}.";
        var whenBefore = Wording.Of(before.When);
        var whenAfter = Wording.Of(after.When);
        if (whenBefore != whenAfter) yield return $"it counts {whenAfter}, before {whenBefore}.";
        if (before.CapPerDay != after.CapPerDay)
            yield return Wording.Of($"a day counts at most {after.CapPerDay} points, before {before.CapPerDay}.");
        if (before.CapPerWindow != after.CapPerWindow)
            yield return Wording.Of($"all days together count at most {after.CapPerWindow} points, before {before.CapPerWindow}.");
        if (before.WindowDays != after.WindowDays)
            yield return Wording.Of($"a day counts for {after.WindowDays} days, before for {before.WindowDays}.");
        if (before.HalfLifeDays != after.HalfLifeDays)
            yield return $"its points are {Fading(after.HalfLifeDays)}, before {Fading(before.HalfLifeDays)}.";
    }

    private static IEnumerable<string> TierWords(RuleSet before, RuleSet after)
    {
        foreach (var tier in after.Tiers)
        {
            var old = before.Tiers.FirstOrDefault(other => other.Name == tier.Name);
            if (old is null) yield return Wording.Of($"New tier {tier.Name}, from {tier.From} points.");
            else if (old.From != tier.From)
                yield return Wording.Of($"The tier {tier.Name} starts at {tier.From} points, before at {old.From}.");
        }
        foreach (var tier in before.Tiers)
            if (after.Tiers.All(other => other.Name != tier.Name)) yield return $"The tier {tier.Name} ends.";
    }

    private static string Fading(int halfLifeDays) =>
        halfLifeDays == 0 ? "without fading" : Wording.Of($"halved every {halfLifeDays} days");
}
