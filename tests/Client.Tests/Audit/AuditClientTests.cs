using Scoring.Client.Tests.Requests;

namespace Scoring.Client.Tests.Audit;

public sealed class AuditClientTests
{
    private static readonly HistoryRequest Request = new("c", new NamedSubject(AuditCode: "a"), new AsOf(Turn: 3), After: 0, Count: 2);

    [Fact]
    public async Task A_page_of_a_history_is_read_and_names_its_subject_in_one_way()
    {
        var recorded = new RecordingHandler("""
            {"case":{"case":"c","programme":"p","purpose":"complaint","openedOn":"2026-11-23","expiresOn":"2026-12-23"},"day":"2026-11-23",
             "lastTurn":9,"entries":[{"turn":1,"kind":"event","day":"2026-11-23","body":"{}","contribution":{"type":"t","standing":"counts",
              "rules":[{"rule":"r","points":-2}],"contestedBy":null,"correctedBy":null}}],"after":1,"explanation":null,
             "days":[{"day":"2026-11-23","score":5,"tier":"baseline"}]}
            """);
        using var client = Client(recorded);
        var page = await client.Audit.ReadHistory(Request);
        page.Entries[0].Contribution!.Rules[0].Points.ShouldBe(-2);
        page.Days![0].Score.ShouldBe(5);
        recorded.Request!.Accept.ShouldBe("application/json");
        recorded.Request.Body.ShouldBe("""{"case":"c","subject":{"auditCode":"a"},"asOf":{"turn":3},"after":0,"count":2}""");
    }

    [Fact]
    public async Task A_history_is_also_a_table_and_an_archive()
    {
        var recorded = new RecordingHandler("turn,kind");
        using var client = Client(recorded);
        (await client.Audit.ReadHistoryTable(Request)).ShouldBe("turn,kind");
        recorded.Request!.Accept.ShouldBe("text/csv");
        using var archive = new MemoryStream();
        await client.Audit.DownloadHistory(Request, archive);
        recorded.Request.Accept.ShouldBe("application/zip");
        archive.Length.ShouldBe(9);
    }

    private static ScoringClient Client(RecordingHandler handler) =>
        new(new ScoringClientOptions { Addresses = { new Uri("http://gateway.example") } }, handler);
}
