using System.Reflection;
using Scoring.Tests.Rules;

namespace Scoring.Rules;

/// <summary>Every fault that a document can have: each test breaks one place of the sample, and the problem names that place.</summary>
public sealed class DocumentFaultTests
{
    private const string Types = "event-types.json";
    private const string Programme = "calm/programme-1.json";
    private const string Rules = "calm/ruleset-1.json";
    private const string Assessment = "calm/assessment-1.json";
    private const string Tiers = "\"tiers\":[";
    private const string Registrations = "registrations.json";

    public static TheoryData<string, string, string, string, string> Faults => new()
    {
        { Types, "[\n", "[,\n", "", ProblemCode.NotJson },
        { Types, "\"A trip.\"", "\"A trip.\",\"more\":1", "/0/more", ProblemCode.MemberUnknown },
        { Types, "\"A trip.\"", "\"A trip.\",\"a/b~c\":1", "/0/a~1b~0c", ProblemCode.MemberUnknown },
        { Types, "\"A trip.\"", "\"A trip.\",\"name\":\"traffic.trip\"", "/0/name", ProblemCode.MemberDuplicate },
        { Types, "\"description\":\"A trip.\",", "", "/0/description", ProblemCode.MemberMissing },
        { Types, "\"A trip.\"", "7", "/0/description", ProblemCode.TypeWrong },
        { Types, "\"A trip.\"", "\"\"", "/0/description", ProblemCode.TextWrong },
        { Types, "\"A trip.\"", "\"A\\u0007trip.\"", "/0/description", ProblemCode.TextWrong },
        { Types, "\"A trip.\"", "\"A\\ud800trip.\"", "/0/description", ProblemCode.TextWrong },
        { Types, "\"How far.\"", "null", "/0/attributes/0/description", ProblemCode.TypeWrong },
        { Types, "\"min\":0", "\"min\":\"0\"", "/0/attributes/0/min", ProblemCode.TypeWrong },
        { Types, "\"min\":0", "\"min\":0.0", "/0/attributes/0/min", ProblemCode.TypeWrong },
        { Types, "\"min\":0", "\"min\":-9007199254740992", "/0/attributes/0/min", ProblemCode.OutOfRange },
        { Types, "\"min\":0", "\"min\":101", "/0/attributes/0/max", ProblemCode.OutOfRange },
        { Types, "\"min\":0", "\"min\":99999999999999999999", "/0/attributes/0/min", ProblemCode.OutOfRange },
        { Types, "\"required\":true", "\"required\":\"yes\"", "/0/attributes/0/required", ProblemCode.TypeWrong },
        { Types, "\"kind\":\"boolean\"", "\"kind\":\"text\"", "/0/attributes/1/kind", ProblemCode.WordUnknown },
        { Types, "\"kind\":\"boolean\"", "\"kind\":\"boolean\",\"unit\":\"km\"", "/0/attributes/1/unit", ProblemCode.MemberUnknown },
        { Types, "\"name\":\"calm\"", "\"name\":\"handle\"", "/0/attributes/1/name", ProblemCode.FormWrong },
        { Types, "\"name\":\"km\"", "\"name\":\"calm\"", "/0/attributes/1/name", ProblemCode.Duplicate },
        { Types, "\"city\",\"land\"", "\"city\",\"land\",\"city\"", "/0/attributes/2/codes/2", ProblemCode.Duplicate },
        { Types, "\"city\",\"land\"", "\"city\",\"land\",\"A b\"", "/0/attributes/2/codes/2", ProblemCode.FormWrong },
        { Types, "[\"city\",\"land\"]", "[]", "/0/attributes/2/codes", ProblemCode.CountWrong },
        { Types, "\"family\":\"payment\"", "\"family\":\"traffic\"", "/3/family", ProblemCode.FamilyMismatch },
        { Types, "\"payment.paid\"", "\"surveillance.camera\"", "/3/family", ProblemCode.FamilyMismatch },
        { Types, "\"payment.paid\"", "\"surveillance.camera\"", "/3/name", ProblemCode.Duplicate },
        { Types, "\"payment.paid\"", "\"credit.paid\"", "/3/name", ProblemCode.FormWrong },
        { Types, "\"local-commerce\"", "\"policing\"", "/3/context", ProblemCode.WordUnknown },
        { Programme, "\"mobility\"", "\"housing\"", "/context", ProblemCode.WordUnknown },
        { Programme, "\"mobility\"", "\"environment\"", "/eventTypes/0", ProblemCode.ContextMismatch },
        { Programme, "\"vehicle\"", "\"citizen\"", "/eventTypes/1", ProblemCode.AutomaticScoresCitizen },
        { Programme, "\"surveillance.camera\"", "\"traffic.flight\"", "/eventTypes/1", ProblemCode.EventTypeUnknown },
        { Programme, "\"surveillance.camera\"", "\"traffic.trip\"", "/eventTypes/1", ProblemCode.Duplicate },
        { Programme, "\"traffic.trip\",", "", "/rules/0/eventType", ProblemCode.EventTypeNotTaken },
        { Programme, "\"id\":\"calm\"", "\"id\":\"other\"", "/id", ProblemCode.NameMismatch },
        { Programme, "\"id\":\"calm\"", "\"id\":\"Calm\"", "/id", ProblemCode.FormWrong },
        { Programme, "\"ceiling\":900", "\"ceiling\":500", "/ceiling", ProblemCode.CeilingNotAboveFloor },
        { Programme, "\"ceiling\":900", "\"ceiling\":550", "/tiers/1/from", ProblemCode.OutOfRange },
        { Programme, "\"floor\":500", "\"floor\":-1", "/floor", ProblemCode.OutOfRange },
        { Programme, "\"floor\":500", "\"floor\":499", "/tiers/0/from", ProblemCode.BaselineNotFloor },
        { Programme, "Europe/Berlin", "Europe/Atlantis", "/zone", ProblemCode.ZoneUnknown },
        { Programme, "Europe/Berlin", "../etc/passwd", "/zone", ProblemCode.FormWrong },
        { Programme, "\"latenessDaysMax\":30", "\"latenessDaysMax\":91", "/latenessDaysMax", ProblemCode.OutOfRange },
        { Programme, "\"retentionDays\":400", "\"retentionDays\":731", "/retentionDays", ProblemCode.OutOfRange },
        { Programme, "\"retentionDays\":400", "\"retentionDays\":89", "/rules/0/windowDays", ProblemCode.WindowPastRetention },
        { Programme, "\"retentionDays\":400", "\"retentionDays\":29", "/retentionDays", ProblemCode.RetentionBelowLateness },
        { Programme, "\"contact\":\"c@example.org\"", "\"phone\":\"1\"", "/controller/contact", ProblemCode.MemberMissing },
        { Programme, "\"tier\":\"gold\"", "\"tier\":\"silver\"", "/effects/0/tier", ProblemCode.TierUnknown },
        { Programme, "\"tier\":\"gold\"", "\"tier\":\"baseline\"", "/effects/0/tier", ProblemCode.BaselineHasEffect },
        { Programme, "fee-discount", "fee-increase", "/effects/0/effect", ProblemCode.WordUnknown },
        { Rules, "\"number\":1", "\"number\":2", "/number", ProblemCode.NameMismatch },
        { Rules, "2025-01-01", "2025-1-1", "/firstDay", ProblemCode.FormWrong },
        { Rules, "\"points\":5", "\"points\":100001", "/rules/0/points", ProblemCode.OutOfRange },
        { Rules, "\"points\":5", "\"points\":1e2", "/rules/0/points", ProblemCode.TypeWrong },
        { Rules, "\"capPerDay\":10", "\"capPerDay\":0", "/rules/0/capPerDay", ProblemCode.OutOfRange },
        { Rules, "\"capPerWindow\":100", "\"capPerWindow\":1000001", "/rules/0/capPerWindow", ProblemCode.OutOfRange },
        { Rules, "\"windowDays\":90", "\"windowDays\":731", "/rules/0/windowDays", ProblemCode.OutOfRange },
        { Rules, "\"halfLifeDays\":30", "\"halfLifeDays\":-1", "/rules/0/halfLifeDays", ProblemCode.OutOfRange },
        { Rules, "\"reason\":\"Trips.\",", "", "/rules/0/reason", ProblemCode.MemberMissing },
        { Rules, "\"id\":\"roads\"", "\"id\":\"trips\"", "/rules/1/id", ProblemCode.Duplicate },
        { Rules, "\"attribute\":\"km\"", "\"attribute\":\"miles\"", "/rules/0/when/all/0/attribute", ProblemCode.AttributeUnknown },
        { Rules, "\"attribute\":\"km\"", "\"attribute\":\"road\"", "/rules/0/when/all/0/attribute", ProblemCode.AttributeKindWrong },
        { Rules, "\"attribute\":\"calm\"", "\"attribute\":\"km\"", "/rules/0/when/all/1/not/attribute", ProblemCode.AttributeKindWrong },
        { Rules, "\"atLeast\":3", "\"atLeast\":101", "/rules/0/when/all/0/atLeast", ProblemCode.OutOfRange },
        { Rules, "\"atLeast\":3", "\"atLeast\":3,\"atMost\":4", "/rules/0/when/all/0/atMost", ProblemCode.MemberUnknown },
        { Rules, "\"atLeast\":3", "\"near\":3", "/rules/0/when/all/0", ProblemCode.MemberMissing },
        { Rules, "[\"false\"]", "[\"perhaps\"]", "/rules/0/when/all/1/not/oneOf/0", ProblemCode.ValueUnknown },
        { Rules, "[\"false\"]", "[\"true\",\"true\"]", "/rules/0/when/all/1/not/oneOf/1", ProblemCode.Duplicate },
        { Rules, "\"when\":{\"all\"", "\"when\":{\"any\":[],\"all\"", "/rules/0/when/any", ProblemCode.MemberUnknown },
        { Rules, "\"by\":\"road\"", "\"by\":\"km\"", "/rules/1/points/by", ProblemCode.AttributeKindWrong },
        { Rules, "\"land\":1", "\"moon\":1", "/rules/1/points/rows/moon", ProblemCode.ValueUnknown },
        { Rules, "\"land\":1", "\"land\":1,\"land\":2", "/rules/1/points/rows/land", ProblemCode.MemberDuplicate },
        { Rules, "{\"city\":2,\"land\":1}", "{}", "/rules/1/points/rows", ProblemCode.CountWrong },
        { Rules, "\"baseline\"", "\"bronze\"", "/tiers/0/name", ProblemCode.BaselineNotFirst },
        { Rules, "\"from\":600", "\"from\":500", "/tiers/1/from", ProblemCode.TiersNotRising },
        { Rules, "\"from\":600", "\"from\":651", "/tiers/1/from", ProblemCode.NothingReachable },
        { Rules, "\"name\":\"gold\"", "\"name\":\"baseline\"", "/tiers/1/name", ProblemCode.Duplicate },
        { Rules, "\"atLeast\":3", "\"lessThan\":0", "/rules/0/when", ProblemCode.NeverHolds },
        { Rules, "\"capPerWindow\":100", "\"capPerWindow\":1000", "/rules/0/capPerWindow", ProblemCode.CapNeverBinds },
        { Rules, "\"points\":5", "\"points\":0", "/rules/0/capPerDay", ProblemCode.CapNeverBinds },
        { Rules, Tiers, TakesBack(1, "trips"), "/corrections/0/ruleSet", ProblemCode.CorrectionUnknown },
        { Rules, Tiers, "\"corrections\":[]," + Tiers, "/corrections", ProblemCode.CountWrong },
        { Rules, Tiers, Tables("30", new string('0', 64)), "/factorTables/30", ProblemCode.FactorTableMismatch },
        { Rules, Tiers, Tables("30", FactorTable.HashOf(30)), "/factorTables/0", ProblemCode.MemberMissing },
        { Rules, Tiers, Tables("030", FactorTable.HashOf(30)), "/factorTables/030", ProblemCode.FormWrong },
        { Rules, Tiers, Tables("731", new string('0', 64)), "/factorTables/731", ProblemCode.FormWrong },
        { Rules, Tiers, Tables("30", "A"), "/factorTables/30", ProblemCode.FormWrong },
        { Rules, Tiers, "\"factorTables\":{}," + Tiers, "/factorTables", ProblemCode.CountWrong },
        { Assessment, "[\"Drivers\",\"Keepers\"]", "[]", "/affectedGroups", ProblemCode.CountWrong },
        { Assessment, "\"Keepers\"", "\"Drivers\"", "/affectedGroups/1", ProblemCode.Duplicate },
        { Assessment, "\"Keepers\"", "7", "/affectedGroups/1", ProblemCode.TypeWrong },
        { Assessment, ",\"mitigation\":\"A contest.\"", "", "/risks/0/mitigation", ProblemCode.MemberMissing },
        { Assessment, "\"A contest.\"", "\"\"", "/risks/0/mitigation", ProblemCode.TextWrong },
        { Assessment, "2025-12-31", "2025-13-31", "/reviewBy", ProblemCode.FormWrong },
        { Types, "\"A trip.\"", "\"A trip.\",\"version\":0", "/0/version", ProblemCode.OutOfRange },
        { Registrations, "\"name\":\"Trips\"", "\"name\":\"Trips\",\"clients\":[\"a\",\"a\"]", "/sources/0/clients/1",
            ProblemCode.Duplicate },
        { Registrations, "\"context\":\"mobility\"", "\"context\":\"environment\"", "/services/0/context",
            ProblemCode.ContextMismatch },
        { Registrations, "urn:example:trips", "trips", "/sources/0/id", ProblemCode.FormWrong },
        { Registrations, "\"family\":\"traffic\"", "\"family\":\"health\"", "/sources/0/family", ProblemCode.WordUnknown },
        { Registrations, "\"kid\":\"key-1\"", "\"kid\":\"key-1\",\"d\":\"x\"", "/sources/0/keys/0", ProblemCode.KeyWrong },
        { Registrations, "\"kid\":\"key-1\"", "\"use\":\"sig\"", "/sources/0/keys/0", ProblemCode.KeyWrong },
        { Registrations, "\"P-256\"", "\"P-384\"", "/sources/0/keys/0", ProblemCode.KeyWrong },
        { Registrations, "\"x\":\"", "\"x\":\"A", "/sources/0/keys/0", ProblemCode.KeyWrong },
        { Registrations, "\"keys\":[", "\"keys\":[7,", "/sources/0/keys/0", ProblemCode.KeyWrong },
        { Registrations, "\"programme\":\"calm\"", "\"programme\":\"loud\"", "/services/0/programme", ProblemCode.ProgrammeUnknown },
        { Registrations, "2026-01-01", "2026-02-30", "/services/0/lastDay", ProblemCode.FormWrong },
        { Registrations, "\"id\":\"parking\"", "\"id\":\"P\"", "/services/0/id", ProblemCode.FormWrong },
    };

    /// <summary>The codes that need more than one broken place; each has a test below.</summary>
    private static readonly string[] TestedBelow =
    [
        ProblemCode.DocumentUnknown, ProblemCode.DocumentMissing, ProblemCode.NumberGap, ProblemCode.FirstDayNotLater,
        ProblemCode.ConditionTooDeep, ProblemCode.RulesTooMany,
    ];

    /// <summary>The codes that depend on published documents or on the day; the tests of drafts and registrations cover them.</summary>
    private static readonly string[] TestedWithDrafts =
    [
        ProblemCode.ConditionTooLarge, ProblemCode.NeverChanges, ProblemCode.TooFewWays, ProblemCode.NoticeTooShort,
        ProblemCode.ReviewPast, ProblemCode.ReviewTooLate, ProblemCode.LastDayPast, ProblemCode.LastDayTooLate,
        ProblemCode.NotOnlyAdding, ProblemCode.ConflictsWithPublished,
    ];

    [Fact]
    public void The_sample_itself_has_no_fault() => SampleDocuments.Read(SampleDocuments.All()).Problems.ShouldBeEmpty();

    [Theory]
    [MemberData(nameof(Faults))]
    public void A_broken_place_is_named_with_its_pointer_and_code(string path, string valid, string broken, string pointer, string code)
    {
        var documents = SampleDocuments.All();
        var text = Replaced(documents[path], valid, broken);
        text.ShouldNotBe(documents[path]);
        documents[path] = text;
        var read = SampleDocuments.Read(documents);
        read.Problems.ShouldContain(problem => problem.Pointer == pointer && problem.Code == code, string.Join('\n', read.Problems));
        read.Programmes.ShouldBeEmpty();
    }

    [Fact]
    public void Every_code_has_a_fixture() =>
        typeof(ProblemCode).GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => (string)field.GetRawConstantValue()!)
            .Except(Faults.Select(row => row.Data.Item5)).Order().ShouldBe(TestedBelow.Concat(TestedWithDrafts).Order());

    [Fact]
    public void One_pass_reports_all_faults_of_all_documents()
    {
        var documents = SampleDocuments.All();
        documents[Types] = Replaced(documents[Types], "\"min\":0", "\"min\":\"0\"");
        documents[Programme] = Replaced(documents[Programme], "Europe/Berlin", "Europe/Atlantis");
        documents[Rules] = Replaced(Replaced(documents[Rules], "\"capPerDay\":10", "\"capPerDay\":0"), "\"land\":1", "\"moon\":1");
        documents[Registrations] = Replaced(documents[Registrations], "2026-01-01", "never");
        SampleDocuments.Read(documents).Problems.Select(problem => (problem.Document, problem.Pointer)).ShouldBe(
            [
                (Rules, "/rules/0/capPerDay"), (Rules, "/rules/1/points/rows/moon"), (Programme, "/zone"),
                (Types, "/0/attributes/0/min"), (Registrations, "/services/0/lastDay"),
            ],
            ignoreOrder: true);
    }

    [Fact]
    public void A_document_of_another_name_or_a_missing_one_is_named()
    {
        Codes(documents => documents["calm/notes.json"] = "{}").ShouldContain(("calm/notes.json", ProblemCode.DocumentUnknown));
        Codes(documents => documents.Remove(Types)).ShouldContain((Types, ProblemCode.DocumentMissing));
        Codes(documents => documents.Remove(Programme)).ShouldContain((Programme, ProblemCode.DocumentMissing));
        Codes(documents => documents.Remove(Rules)).ShouldContain((Rules, ProblemCode.DocumentMissing));
        Codes(documents => documents.Remove(Assessment)).ShouldBe([(Assessment, ProblemCode.DocumentMissing)]);
    }

    [Fact]
    public void Versions_run_without_a_gap_and_each_starts_later()
    {
        Codes(documents => SampleDocuments.Add(documents, 2, "2025-01-01"))
            .ShouldBe([("calm/ruleset-2.json", ProblemCode.FirstDayNotLater)]);
        Codes(documents => SampleDocuments.Add(documents, 3, "2025-03-01")).ShouldBe([("calm/ruleset-3.json", ProblemCode.NumberGap)]);
        Codes(documents => SampleDocuments.Add(documents, 2, "2025-01-02")).ShouldBeEmpty();
    }

    [Fact]
    public void Conditions_are_eight_levels_deep_at_most()
    {
        Codes(Nested(7)).ShouldBeEmpty();
        Codes(Nested(8)).ShouldBe([(Rules, ProblemCode.ConditionTooDeep)]);

        static Action<Dictionary<string, string>> Nested(int nots) => documents => documents[Rules] = Replaced(
            SampleDocuments.RuleSet,
            "\"when\":{\"all\":[{\"attribute\":\"km\",\"atLeast\":3},{\"not\":{\"attribute\":\"calm\",\"oneOf\":[\"false\"]}}]}",
            "\"when\":" + string.Concat(Enumerable.Repeat("{\"not\":", nots))
                + "{\"attribute\":\"km\",\"atLeast\":3}" + new string('}', nots));
    }

    [Fact]
    public void Distinct_rules_over_all_rule_sets_are_bounded()
    {
        Codes(Sets(16)).ShouldBeEmpty();
        Codes(Sets(17)).ShouldBe([("calm/ruleset-17.json", ProblemCode.RulesTooMany)]);

        static Action<Dictionary<string, string>> Sets(int count) => documents =>
        {
            for (var number = 1; number <= count; number++)
            {
                var rules = Enumerable.Range(0, 64).Select(rule => $$"""
                    {"id":"rule-{{number}}-{{rule}}","eventType":"traffic.trip","points":5,"capPerDay":10,"capPerWindow":100,
                    "windowDays":90,
                     "halfLifeDays":30,"reason":"Trips."}
                    """);
                SampleDocuments.Add(documents, number, "2025-01-01");
                documents[$"calm/ruleset-{number}.json"] = $$"""
                    {"number":{{number}},"firstDay":"2025-01-{{number:d2}}","summary":"S.","rules":[{{string.Join(',', rules)}}],
                     "tiers":[{"name":"baseline","from":500},{"name":"gold","from":600}]}
                    """;
            }
        };
    }

    private static string TakesBack(int ruleSet, string rule) =>
        $"\"corrections\":[{{\"ruleSet\":{ruleSet},\"rule\":\"{rule}\"}}],{Tiers}";

    private static string Tables(string days, string hash) => $"\"factorTables\":{{\"{days}\":\"{hash}\"}},{Tiers}";

    private static (string, string)[] Codes(Action<Dictionary<string, string>> change)
    {
        var documents = SampleDocuments.All();
        change(documents);
        return [.. SampleDocuments.Read(documents).Problems.Select(problem => (problem.Document, problem.Code))];
    }

    /// <summary>Replaces the first occurrence only.</summary>
    private static string Replaced(string text, string valid, string broken)
    {
        var index = text.IndexOf(valid, StringComparison.Ordinal);
        index.ShouldBeGreaterThanOrEqualTo(0);
        return text[..index] + broken + text[(index + valid.Length)..];
    }
}
