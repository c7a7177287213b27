using System.Text.Json;
using System.Text.RegularExpressions;
using Scoring.Hosting;
using Scoring.Testing;

namespace Scoring.OpenApi;

/// <summary>
/// Checks that <c>docs/openapi.json</c> equals the served document. To write the file after a change of the routes, run these tests once
/// with the environment variable <c>SCORING_OPENAPI_WRITE=1</c>.
/// </summary>
public sealed partial class DocumentTests
{
    [Fact]
    public async Task The_committed_document_is_the_served_one()
    {
        await using var gateway = await TestGateway.Start();
        var answer = await gateway.Get("/openapi/v1.json");
        answer.Status.ShouldBe(200, gateway.Log.Text);
        var served = answer.Text.ReplaceLineEndings("\n").TrimEnd() + "\n";
        if (Environment.GetEnvironmentVariable("SCORING_OPENAPI_WRITE") == "1")
            await File.WriteAllTextAsync(Path.Combine(Repository.Root, "docs", "openapi.json"), served);
        (await File.ReadAllTextAsync(Path.Combine(Repository.Root, "docs", "openapi.json"))).ShouldBe(served);
    }

    [Fact]
    public async Task Every_operation_has_a_summary_and_names_how_it_refuses()
    {
        await using var gateway = await TestGateway.Start();
        var document = (await gateway.Get("/openapi/v1.json")).Json;
        document.GetProperty("openapi").GetString()!.ShouldStartWith("3.1.");
        document.GetProperty("servers")[0].GetProperty("url").GetString().ShouldBe("/");
        var described = document.GetProperty("tags").EnumerateArray()
            .Where(tag => !string.IsNullOrEmpty(tag.GetProperty("description").GetString()))
            .Select(tag => tag.GetProperty("name").GetString()).ToArray();
        foreach (var path in document.GetProperty("paths").EnumerateObject())
        foreach (var operation in path.Value.EnumerateObject())
        {
            var at = $"{operation.Name} {path.Name}";
            operation.Value.GetProperty("summary").GetString().ShouldNotBeNullOrEmpty(at);
            var refusals = operation.Value.GetProperty("responses").EnumerateObject().Where(r => r.Name[0] is '4' or '5').ToArray();
            refusals.ShouldAllBe(r => r.Value.GetProperty("content").GetProperty("application/problem+json").ToString() != "");
            if (!path.Name.StartsWith("/health/live", StringComparison.Ordinal)) refusals.ShouldNotBeEmpty(at);
            var open = path.Name.StartsWith("/v1/programmes", StringComparison.Ordinal)
                || path.Name.StartsWith("/v1/receipts", StringComparison.Ordinal)
                || path.Name.StartsWith("/v1/checkpoints", StringComparison.Ordinal)
                || path.Name.StartsWith("/health", StringComparison.Ordinal) || path.Name is "/" or "/v1/events/validation";
            (operation.Value.GetProperty("security").GetArrayLength() == 0).ShouldBe(open, at);
            operation.Value.GetProperty("description").GetString().ShouldNotBeNullOrEmpty(at);
            described.ShouldContain(operation.Value.GetProperty("tags")[0].GetString(), at);
        }
    }

    /// <summary>A reference to a member in a comment of a contract ends as C# in the description of the API.</summary>
    [Fact]
    public async Task No_description_names_a_member_in_CSharp()
    {
        await using var gateway = await TestGateway.Start();
        var texts = Texts((await gateway.Get("/openapi/v1.json")).Json).ToArray();
        texts.Length.ShouldBeGreaterThan(500);
        texts.Where(text => CSharpMember().IsMatch(text)).ShouldBeEmpty();
    }

    [Fact]
    public async Task The_page_loads_nothing_from_another_host()
    {
        await using var gateway = await TestGateway.Start();
        var page = await gateway.Get("/docs/");
        page.Status.ShouldBe(200, page.Text);
        page.Text.ShouldNotContain("https://");
        page.Text.ShouldContain("\"showDeveloperTools\":\"never\"");
        page.Text.ShouldContain("\"hideClientButton\":true");
        page.Headers.GetValues("Content-Security-Policy").Single().ShouldContain("default-src 'none'");
    }

    private static IEnumerable<string> Texts(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(member =>
            member.Name is "description" or "summary" && member.Value.ValueKind == JsonValueKind.String
                ? [member.Value.GetString()!]
                : Texts(member.Value)),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(Texts),
        _ => [],
    };

    [GeneratedRegex(@"\b[A-Z]\w*\.[A-Z]\w*|\b(int|long|string|bool|DateOnly|DateTimeOffset) [A-Z]\w+")]
    private static partial Regex CSharpMember();
}
