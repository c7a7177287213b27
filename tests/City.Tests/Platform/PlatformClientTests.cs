using System.Net;
using System.Security.Cryptography;
using System.Text;
using Scoring.City.Platform;
using Scoring.Client;

namespace Scoring.City.Tests.Platform;

public sealed class PlatformClientTests
{
    private const string Draft = """{"programme" : {"id":"safe-driver"}}""";

    private const string Status =
        """{"programme":"safe-driver","status":"published","draft":null,"resumeApprovals":[],"endApprovals":[]}""";

    private const string Put = """
        {"programme":"safe-driver","hash":"h","author":"a","at":"2026-11-23T07:15:00Z","json":{},"approvals":[],"problems":[],
         "differences":[],"widens":false}
        """;

    [Fact]
    public async Task A_draft_of_a_new_programme_is_posted_unchanged()
    {
        var platform = new RecordingPlatform((HttpStatusCode.NotFound, "{}"), (HttpStatusCode.Created, Put));
        using var client = Open(platform);
        (await DraftFile.Put(client.As("admin-token"), Encoding.UTF8.GetBytes(Draft), CancellationToken.None)).Hash.ShouldBe("h");
        platform.Requests.ShouldBe(["GET /v1/admin/programmes/safe-driver ", $"POST /v1/admin/programmes {Draft}"]);
        platform.Tokens.ShouldAllBe(token => token == "Bearer admin-token");
    }

    [Fact]
    public async Task A_draft_of_a_known_programme_replaces_the_draft_before()
    {
        var platform = new RecordingPlatform((HttpStatusCode.OK, Status), (HttpStatusCode.OK, Put));
        using var client = Open(platform);
        await DraftFile.Put(client, Encoding.UTF8.GetBytes(Draft), CancellationToken.None);
        platform.Requests[1].ShouldBe($"PUT /v1/admin/programmes/safe-driver/draft {Draft}");
    }

    [Fact]
    public async Task Not_found_is_null_and_any_other_failure_an_exception()
    {
        using var absent = Open(new RecordingPlatform((HttpStatusCode.NotFound, "{}"), (HttpStatusCode.NotFound, "{}")));
        (await new PlatformClient(absent).Score("t", "safe-driver", 0, CancellationToken.None)).ShouldBeNull();
        (await new PlatformClient(absent).Today("safe-driver", CancellationToken.None)).ShouldBeNull();
        using var broken = Open(new RecordingPlatform((HttpStatusCode.Forbidden, "{}")));
        var exception = await Should.ThrowAsync<ScoringProblemException>(
            () => new PlatformClient(broken).Score("t", "safe-driver", 0, CancellationToken.None));
        exception.Status.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task An_enrolment_is_repeated_while_the_platform_is_not_there()
    {
        var platform = new RecordingPlatform(
            (HttpStatusCode.ServiceUnavailable, ""), (HttpStatusCode.Created, """{"ordinal":3,"receipt":"r"}"""));
        using var client = Open(platform);
        (await client.Subjects.Enrol(new EnrolRequest("safe-driver", "h", ["p"]))).Ordinal.ShouldBe(3);
        client.Retries.ShouldBe(1);
    }

    [Fact]
    public void The_standalone_file_has_a_token_for_each_administrator()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var file = Samples.StandaloneFile(key) with { Tokens = new DevelopmentTokens(["one", "two", "three"]) };
        file.AdministratorToken(3).ShouldBe("three");
        Should.Throw<CityException>(() => file.AdministratorToken(4));
        Should.Throw<CityException>(() => Samples.StandaloneFile(key).AdministratorToken(1));
    }

    private static ScoringClient Open(RecordingPlatform platform) =>
        PlatformConnection.Open([new Uri("http://127.0.0.1:1")], platform);
}
