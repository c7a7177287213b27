using System.Buffers.Text;
using System.CommandLine;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using Scoring.City.Commands;
using Scoring.City.Platform;
using Scoring.City.Requests;

namespace Scoring.City.Tests.Requests;

[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class RequestVariablesTests : IDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    private readonly DirectoryInfo _scratch = Directory.CreateTempSubdirectory("scoring-city-tests-");

    [Fact]
    public void Each_call_creates_another_participant_and_proofs_for_that_participant()
    {
        var first = Make();
        var second = Make();
        var token = Payload(first["participantToken"]);
        foreach (var proof in (string[])["handleProof", "cameraHandleProof"])
        {
            var payload = Payload(first[proof]);
            ((string)payload["sub"]!).ShouldBe((string)token["sub"]!);
            ((string)payload["programme"]!).ShouldBe("safe-driver");
        }
        ((string)Payload(first["handleProof"])["handle"]!).ShouldBe(first["handle"]);
        ((string)Payload(first["handleProof"])["iss"]!).ShouldBe(Samples.Source);
        ((string)Payload(first["cameraHandleProof"])["iss"]!).ShouldBe(Samples.Cameras);
        ((string)Payload(second["participantToken"])["sub"]!).ShouldNotBe((string)token["sub"]!);
        second["handle"].ShouldNotBe(first["handle"]);
    }

    [Fact]
    public void Events_are_dated_after_the_last_enrolment_by_the_proofs_and_never_too_far_ahead()
    {
        var lead = DateTimeOffset.Parse(Make()["eventTime"], CultureInfo.InvariantCulture) - Now;
        lead.ShouldBeLessThan(TimeSpan.FromMinutes(5));
        lead.ShouldBeGreaterThan(Credentials.ProofLife - TimeSpan.FromSeconds(10));
    }

    [Theory]
    [InlineData(1, "2000-01-01", "2", "2026-12-08")]
    [InlineData(2, "2026-12-08", "3", "2026-12-09")]
    [InlineData(3, "2026-12-20", "4", "2026-12-21")]
    public void The_draft_comes_after_the_last_version(int number, string firstDay, string draftNumber, string draftFirstDay)
    {
        var made = Make(number, firstDay);
        (made["draftNumber"], made["draftFirstDay"], made["draftReviewBy"]).ShouldBe((draftNumber, draftFirstDay, "2027-09-19"));
    }

    [Fact]
    public void Each_editor_gets_the_same_values_in_files_that_only_their_owner_may_read()
    {
        var made = Make();
        var written = RequestFiles.Write(_scratch.FullName, made);

        written.Select(path => Path.GetRelativePath(_scratch.FullName, path))
            .ShouldBe([RequestFiles.Rider, RequestFiles.VisualStudio, RequestFiles.VisualStudioCode]);
        foreach (var path in written)
        {
            File.GetUnixFileMode(path).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
            var content = JsonNode.Parse(File.ReadAllText(path))!;
            var local = (content["rest-client.environmentVariables"] ?? content)["local"]!.AsObject();
            local.ToDictionary(one => one.Key, one => (string)one.Value!).ShouldBe(made);
        }
        Should.NotThrow(() => RequestFiles.Write(_scratch.FullName, Make()));
    }

    [Fact]
    public void A_folder_that_does_not_exist_is_refused() => Should.Throw<CityException>(() =>
        RequestFiles.Write(Path.Combine(_scratch.FullName, "none"), Make())).Message.ShouldContain("--folder");

    [Fact]
    public void The_help_says_what_is_written_and_how_long_it_is_valid()
    {
        using var help = new StringWriter();
        new RootCommand { RequestsCommand.Build() }.Parse(["requests", "--help"]).Invoke(new InvocationConfiguration { Output = help });
        foreach (var text in (string[])["requests/*.http", "5 minutes", "--folder", "--standalone"]) help.ToString().ShouldContain(text);
    }

    public void Dispose() => _scratch.Delete(recursive: true);

    private static IReadOnlyDictionary<string, string> Make(int number = 1, string firstDay = "2000-01-01")
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var standalone = Samples.StandaloneFile(key) with
        {
            Services = [new DevelopmentService("parking-desk", "safe-driver", "service-token")],
            Tokens = new DevelopmentTokens(["administrator-1", "administrator-2", "administrator-3"], "auditor"),
        };
        var time = new FixedTime();
        using var credentials = new Credentials(standalone, time);
        var published = JsonElement.Parse(
            $$"""{"today":"2026-11-23","ruleSets":[{"number":{{number}},"firstDay":"{{firstDay}}"}]}""");
        return RequestVariables.Make(standalone, credentials, published, time);
    }

    private static JsonNode Payload(string jws) => JsonNode.Parse(Base64Url.DecodeFromChars(jws.Split('.')[1]))!;

    private sealed class FixedTime : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => Now;
    }
}
