using Scoring.Tests.Rules;

namespace Scoring.Rules;

/// <summary>Documents at a limit, and next to it.</summary>
public sealed class DocumentLimitTests
{
    private const string Programme = "calm/programme-1.json";
    private const string Rules = "calm/ruleset-1.json";
    private const string Registrations = "registrations.json";
    private const string Kid = "\"kid\":\"key-1\"";

    [Theory]
    [InlineData(Programme, "\"ceiling\":900", "\"ceiling\":600")]
    [InlineData(Rules, "\"from\":600", "\"from\":501")]
    [InlineData(Rules, "\"from\":600", "\"from\":650")]
    [InlineData(Registrations, Kid, "\"kid\":\"k\"")]
    [InlineData(Registrations, Kid, "\"kid\":\"0123456789012345678901234567890123456789012345678901234567890123\"")]
    public void What_is_at_the_limit_has_no_problem(string path, string old, string changed) =>
        Problems(path, old, changed).ShouldBeEmpty();

    [Theory]
    [InlineData(Rules, "\"from\":600", "\"from\":501", "\"from\":500", "\"from\":501", "/tiers/0/from", ProblemCode.BaselineNotFloor)]
    [InlineData(Rules, "\"from\":600", "\"from\":499", "", "", "/tiers/1/from", ProblemCode.TiersNotRising)]
    [InlineData(Rules, "\"from\":600", "\"from\":901", "", "", "/tiers/1/from", ProblemCode.OutOfRange)]
    [InlineData(Rules, "\"from\":600", "\"from\":651", "", "", "/tiers/1/from", ProblemCode.NothingReachable)]
    [InlineData(Registrations, Kid, "\"kid\":\"\"", "", "", "/sources/0/keys/0", ProblemCode.KeyWrong)]
    [InlineData(Registrations, Kid, "\"kid\":\"a\\u0007\"", "", "", "/sources/0/keys/0", ProblemCode.KeyWrong)]
    [InlineData(Registrations, Kid, Kid + "," + Kid, "", "", "/sources/0/keys/0", ProblemCode.KeyWrong)]
    [InlineData(Registrations, "\"kty\":\"EC\"", "\"kty\":\"RSA\"", "", "", "/sources/0/keys/0", ProblemCode.KeyWrong)]
    public void What_is_past_it_has_a_problem(
        string path, string old, string changed, string old2, string changed2, string pointer, string code) =>
        Problems(path, old, changed, old2, changed2).ShouldContain((path, pointer, code));

    [Fact]
    public void A_kid_of_65_characters_is_too_long() =>
        Problems(Registrations, Kid, $"\"kid\":\"{new string('k', 65)}\"")
            .ShouldBe([(Registrations, "/sources/0/keys/0", ProblemCode.KeyWrong)]);

    [Fact]
    public void Sources_and_services_have_ids_of_their_own()
    {
        var source = Between("{\"sources\":[", "],\n \"services\"");
        Problems(Registrations, source, $"{source},{source}").ShouldBe([(Registrations, "/sources/1/id", ProblemCode.Duplicate)]);
        var service = Between("\"services\":[", "]}");
        Problems(Registrations, service, $"{service},{service}").ShouldBe([(Registrations, "/services/1/id", ProblemCode.Duplicate)]);

        static string Between(string before, string after)
        {
            var text = SampleDocuments.Registrations;
            var start = text.IndexOf(before, StringComparison.Ordinal) + before.Length;
            return text[start..text.LastIndexOf(after, StringComparison.Ordinal)];
        }
    }

    private static (string, string, string)[] Problems(string path, params string[] replacements)
    {
        var documents = SampleDocuments.All();
        foreach (var pair in replacements.Chunk(2))
        {
            if (pair[0].Length == 0) continue;
            documents[path].ShouldContain(pair[0]);
            documents[path] = documents[path].Replace(pair[0], pair[1], StringComparison.Ordinal);
        }
        return [.. SampleDocuments.Read(documents).Problems.Select(problem => (problem.Document, problem.Pointer, problem.Code))];
    }
}
