using System.Reflection;
using System.Text.RegularExpressions;
using Scoring.Audit;
using Scoring.Checkpoints;
using Scoring.Client;
using Scoring.Consoles;
using Scoring.Notices;
using Scoring.Problems;

namespace Scoring.Languages;

/// <summary>Every text that a page asks for is there in every language, and no text is there for nothing.</summary>
public sealed partial class TextResourceTests
{
    /// <summary>
    /// What the source inserts into a composed key that must exist, by its pattern. A new pattern needs a line here, so that no value of a
    /// list is without its text.
    /// </summary>
    private static readonly Dictionary<string, IEnumerable<string>> Inserted = new()
    {
        ["auditCase.purpose-{}"] = Words.All<Client.AuditPurpose>(),
        ["auditCase.purpose-{}-what"] = Words.All<Client.AuditPurpose>(),
        ["chain.alarm-{}"] = Enum.GetNames<ChainAlarm>().Select(name => name.ToLowerInvariant()),
        ["chart.part-{}"] = ["falling", "same", "hidden", "rising"],
        ["chart.weekday-{}"] = ["1", "2", "3", "4", "5", "6", "7"],
        ["chart.weekday-{}-short"] = ["1", "2", "3", "4", "5", "6", "7"],
        ["console.page-{}"] = ConsoleMap.Of("admin").Concat(ConsoleMap.Of("audit")).Select(entry => entry.Page).Distinct(),
        ["console.{}"] = ["admin", "audit"],
        ["contest.ground-{}"] = Words.All<ContestGround>(),
        ["contest.ground-{}-what"] = Words.All<ContestGround>(),
        ["contest.reason-{}"] = Words.All<ContestReason>(),
        ["contest.state-{}"] = Words.All<ContestState>(),
        ["contest.{}-text"] = Words.All<ContestState>(),
        ["developer.member-{}"] = ["programme", "score", "tier", "validuntil", "reference"],
        ["developer.page-{}"] = ["services", "sources"],
        ["export.part-{}"] = PagesOf("Exports/ExportPage.razor", "Parts"),
        ["govern.page-{}"] = PagesOf("Programmes/ProgrammeConsoleFrame.razor", "Pages"),
        ["govern.step-{}"] = Programmes.PublicationSteps.Names,
        ["guide.{}"] = Steps,
        ["guide.{}-go"] = Steps,
        ["guide.{}-good"] = Steps,
        ["guide.{}-how"] = Steps,
        ["guide.{}-why"] = Steps,
        ["history.as-of-{}"] = LookFields.States,
        ["history.as-of-{}-what"] = LookFields.States,
        ["history.by-{}"] = LookFields.Ways,
        ["history.by-{}-what"] = LookFields.Ways,
        ["join.family-{}"] = Words.All<EventFamily>(),
        ["join.origin-{}"] = Words.All<EventOrigin>(),
        ["notice.contest-{}"] = Words.All<ContestState>(),
        ["notice.group-{}"] = Enum.GetValues<NoticeGroup>().Select(NoticeGroups.WordOf),
        ["notice.purpose-{}"] = Words.All<Client.AuditPurpose>(),
        ["problem.{}"] = ExpectedProblems(),
        ["problem.{}-text"] = Problems(),
        ["problem.{}-title"] = Problems(),
        ["programme.context-{}"] = Words.All<Context>(),
        ["programme.page-{}"] = PagesOf("Programmes/ProgrammeFrame.razor", "Pages"),
        ["programme.subject-{}"] = Words.All<SubjectKind>(),
        ["rule.by-{}"] = ["adds", "takes", "both"],
        ["rule.limit-{}"] = ["adds", "takes", "both"],
        ["rule.{}"] = ["adds", "takes", "at-least", "at-most", "less-than", "more-than", "equal-to"],
        ["simulation.is-{}"] = ["cancelled", "failed"],
        ["subject.group-{}"] = ["score", "access", "rights"],
        ["subject.page-{}"] = PagesOf("Subjects/SubjectFrame.razor", "Pages").Except(["score-group", "access", "rights"]),
        ["verify.{}"] = PagesOf("Verification/VerificationPage.razor", "Kept"),
        ["verify.{}-hint"] = PagesOf("Verification/VerificationPage.razor", "Kept"),
    };

    /// <summary>What a source's page, or the platform's refusal of its proof, adds to an address as its outcome.</summary>
    private static readonly string[] LinkOutcomes = ["access_denied", "temporarily_unavailable", "proof-refused", "too-many-handles"];

    private static IEnumerable<string> Steps => PagesOf("Audit/AuditGuidePage.razor", "Steps");

    private static Dictionary<string, string> English => PortalTexts.ByLanguage["en"];

    [Fact]
    public void The_languages_have_the_same_texts_with_the_same_places_for_values()
    {
        English.Count.ShouldBeGreaterThan(100);
        foreach (var (tag, texts) in PortalTexts.ByLanguage)
        {
            texts.Keys.Order().ShouldBe(English.Keys.Order(), tag);
            texts.Where(text => text.Value.Trim().Length == 0).ShouldBeEmpty(tag);
            texts.Where(text => Places(text.Value) != Places(English[text.Key])).Select(text => $"{tag}: {text.Key}").ShouldBeEmpty();
        }
    }

    [Fact]
    public void A_text_of_another_language_is_translated() =>
        PortalTexts.ByLanguage["zh-Hans"].Where(text => !Han().IsMatch(text.Value) && Latin().IsMatch(text.Value))
            .Select(text => text.Key).Except(
            [
                "common.short-day-pattern", // letters of a pattern
            ]).ShouldBeEmpty();

    [Fact]
    public void Every_text_that_is_named_exists()
    {
        PortalTexts.Literals.Count.ShouldBeGreaterThan(100);
        PortalTexts.Literals.Where(use => !(use.IsCount ? IsCounted(use.Key) : English.ContainsKey(use.Key)))
            .Select(use => $"{use.File}: {use.Key}").ShouldBeEmpty();
    }

    [Fact]
    public void Every_text_that_is_composed_exists()
    {
        var needed = PortalTexts.Composed.Where(use => use.IsNeeded).Select(use => use.Pattern).Distinct();
        needed.Order().ShouldBe(Inserted.Keys.Order());
        Composed().Where(key => !English.ContainsKey(key)).ShouldBeEmpty();
    }

    [Fact]
    public void Every_outcome_that_an_address_names_has_a_text()
    {
        var outcomes = NamedOutcomes();
        outcomes.Length.ShouldBeGreaterThan(5);
        outcomes.Concat(LinkOutcomes)
            .Where(outcome => !English.Keys.Any(key => key.EndsWith(".outcome-" + outcome, StringComparison.Ordinal)))
            .ShouldBeEmpty();
    }

    [Fact]
    public void No_text_is_unused()
    {
        var named = PortalTexts.Literals.SelectMany(use => use.IsCount ? (string[])[use.Key + "-one", use.Key + "-other"] : [use.Key]);
        var outcomes = NamedOutcomes().Concat(LinkOutcomes).ToArray();
        var sought = PortalTexts.Composed.Where(use => !use.IsNeeded && !use.Pattern.StartsWith("{}", StringComparison.Ordinal))
            .Select(use => new Regex($"^{Regex.Escape(use.Pattern).Replace(@"\{}", ".+", StringComparison.Ordinal)}$")).ToArray();
        sought.ShouldNotBeEmpty();
        English.Keys.Except(named).Except(Composed())
            .Where(key => !sought.Any(pattern => pattern.IsMatch(key)))
            .Where(key => key.Split(".outcome-") is not [_, var outcome] || !outcomes.Contains(outcome))
            .ShouldBeEmpty();
    }

    private static IEnumerable<string> Composed() =>
        from pattern in Inserted
        from value in pattern.Value
        select pattern.Key.Replace("{}", value, StringComparison.Ordinal);

    private static string[] NamedOutcomes() =>
        [.. PortalTexts.Sources.Values.SelectMany(source => Outcome().Matches(source)).Select(match => match.Groups[1].Value).Distinct()];

    private static bool IsCounted(string key) => English.ContainsKey(key + "-one") && English.ContainsKey(key + "-other");

    private static string Places(string text) => string.Join(',', Place().Matches(text).Select(place => place.Value).Distinct().Order());

    /// <summary>Every problem that has a page: the static ones, and those of a status or an exception.</summary>
    private static IEnumerable<string> Problems() =>
        typeof(PortalProblem).GetProperties(BindingFlags.Static | BindingFlags.NonPublic | BindingFlags.Public)
            .Select(property => property.GetValue(null)).OfType<PortalProblem>()
            .Concat(Enumerable.Range(400, 200).Select(PortalProblem.OfStatus))
            .Select(problem => problem.Key).Concat(["adults-only", "history-too-long"]).Distinct();

    /// <summary>The refusals that a form shows at a field: the kinds that a page names when it tries a call.</summary>
    private static IEnumerable<string> ExpectedProblems() =>
        from source in PortalTexts.Sources.Where(source => source.Key.EndsWith(".razor", StringComparison.Ordinal))
            .Select(source => source.Value)
        from Match trial in Trial().Matches(source)
        from Match kind in Kind().Matches(trial.Value)
        select (string)typeof(ProblemKinds).GetField(kind.Groups[1].Value)!.GetRawConstantValue()!;

    /// <summary>The words of a list in a page's source.</summary>
    private static IEnumerable<string> PagesOf(string file, string name) =>
        from Match match in Word().Matches(Regex.Match(
            PortalTexts.Sources[file], $@"static readonly [^\n]* {name} =(?<list>.*?);", RegexOptions.Singleline).Groups["list"].Value)
        select match.Groups[1].Value;

    [GeneratedRegex(@"\{\d+\}")]
    private static partial Regex Place();

    [GeneratedRegex(@"\?outcome=([a-z-]+)""")]
    private static partial Regex Outcome();

    [GeneratedRegex(@"Try\([^;]*;|when \(exception\.Kind is (?:[^{]|\n)*?\{(?=(?:[^}]|\n)*problem\.)")]
    private static partial Regex Trial();

    [GeneratedRegex(@"ProblemKinds\.(\w+)")]
    private static partial Regex Kind();

    [GeneratedRegex("\"([a-z-]+)\"")]
    private static partial Regex Word();

    [GeneratedRegex(@"\p{IsCJKUnifiedIdeographs}")]
    private static partial Regex Han();

    [GeneratedRegex("[A-Za-z]{3}")]
    private static partial Regex Latin();
}
