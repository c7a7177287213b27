using System.Text;
using Scoring.Client.Tests.Requests;

namespace Scoring.Client.Tests.Administration;

public sealed class RegistrationsClientTests
{
    [Fact]
    public async Task A_source_is_named_in_a_path_as_base64url()
    {
        var recorded = new RecordingHandler("""{"done":true,"approvals":[]}""");
        using var client = Client(recorded);
        await client.Registrations.Approve(RegistrationKind.Source, "https://a.example/x?y", new ApprovalRequest("h"));
        recorded.Request!.Address.AbsolutePath.ShouldBe("/v1/admin/sources/aHR0cHM6Ly9hLmV4YW1wbGUveD95/approvals");
        recorded.Request.Body.ShouldBe("""{"hash":"h"}""");
    }

    [Fact]
    public async Task A_draft_is_sent_byte_by_byte()
    {
        const string draft = """{"programme" : {"id":"safe-driver"}}""";
        var recorded = new RecordingHandler(ApiDocument.Sample(ApiDocument.Schemas["DraftView"]!)!.ToJsonString());
        using var client = Client(recorded);
        await client.Administration.PutDraft("safe-driver", Encoding.UTF8.GetBytes(draft));
        recorded.Request!.Body.ShouldBe(draft);
    }

    private static ScoringClient Client(RecordingHandler handler) =>
        new(new ScoringClientOptions { Addresses = { new Uri("http://gateway.example") } }, handler);
}
