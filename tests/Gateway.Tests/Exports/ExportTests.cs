using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using Scoring.Archives;
using Scoring.Hosting;

namespace Scoring.Exports;

public sealed class ExportTests
{
    private const string Path = "/v1/me/subjects/safe-driver/0/export";

    [Fact]
    public async Task An_archive_has_every_file_with_its_digest_and_the_seal_last()
    {
        await using var gateway = await TestGateway.Start();
        using var answer = await Request(gateway);
        ((int)answer.StatusCode, answer.Content.Headers.ContentType!.ToString()).ShouldBe((200, "application/zip"), gateway.Log.Text);
        answer.Content.Headers.ContentDisposition!.FileName.ShouldBe("scoring-safe-driver-0.zip");
        answer.Headers.CacheControl!.NoStore.ShouldBeTrue();
        using var zip = new ZipArchive(new MemoryStream(await answer.Content.ReadAsByteArrayAsync()));

        zip.Entries.Select(entry => entry.FullName).ShouldBe(
        [
            "README.txt", "subject.json", "handles.json", "grants.json", "receipts/1.jws", "looks.json", "looks.csv",
            "explanation.json", "entries.json", "entries.csv", "contests.json", "rulesets/ruleset-1.json", "rulesets/ruleset-2.json",
            "event-types/x.json", "record.json", "receipt-keys.json", "checkpoint-keys.txt", "checkpoint.txt", "proofs.json",
            "manifest.json", "manifest.jws",
        ]);
        gateway.City.Exports.Sealed.Select(file => file.Name).ShouldBe(zip.Entries.SkipLast(2).Select(entry => entry.FullName));
        foreach (var file in gateway.City.Exports.Sealed)
        {
            var bytes = Encoding.UTF8.GetBytes(Text(zip, file.Name));
            (file.Bytes, file.Sha256).ShouldBe((bytes.Length, Convert.ToHexStringLower(SHA256.HashData(bytes))));
        }
        (Text(zip, "manifest.json"), Text(zip, "manifest.jws"), Text(zip, "receipts/1.jws")).ShouldBe(
            ("{\"manifest\":1}", "m.m.m", "r.r.r"));
        Text(zip, "entries.json").ShouldBe("[\n" + string.Join(",\n", Enumerable.Range(1, 3).Select(EntryLine)) + "\n]\n");
        Text(zip, "contests.json").ShouldBe("[\n{\"turn\":2,\"kind\":\"99\",\"day\":\"2026-11-23\",\"body\":{\"turn\":1}}\n]\n");
        Text(zip, "checkpoint.txt").ShouldBe("log\n2\n\n— log signed\n");
        Text(zip, "checkpoint-keys.txt").ShouldBe("log+1+a\nwitness+2+b\n");
        Text(zip, "proofs.json").ShouldBe(
            "[\n{\"turn\":1,\"position\":101,\"path\":[\"0506\"]},\n{\"turn\":2,\"position\":102,\"path\":[\"0506\"]}\n]\n");
        Text(zip, "entries.csv").Split("\r\n")[1].ShouldBe(
            "1,101,3,event,1,2026-11-23,00000001-0002-0003-0405-060708090a0b,0102,0304,"
            + "\"{\"\"data\"\":{\"\"text\"\":\"\"a,b\"\"},\"\"type\"\":\"\"x\"\"}\"");
    }

    [Fact]
    public async Task Before_the_first_checkpoint_an_archive_has_its_keys_only()
    {
        await using var gateway = await TestGateway.Start();
        gateway.City.Checkpoints.IsEmpty = true;
        using var answer = await Request(gateway);
        using var zip = new ZipArchive(new MemoryStream(await answer.Content.ReadAsByteArrayAsync()));
        zip.Entries.Select(entry => entry.FullName).SkipWhile(name => name != "record.json")
            .ShouldBe(["record.json", "receipt-keys.json", "checkpoint-keys.txt", "manifest.json", "manifest.jws"]);
    }

    [Fact]
    public async Task A_service_cannot_put_a_formula_into_its_participants_table()
    {
        await using var gateway = await TestGateway.Start();
        gateway.City.Exports.Purpose = "=cmd|' /C calc'!A0";
        using var answer = await Request(gateway);
        using var zip = new ZipArchive(new MemoryStream(await answer.Content.ReadAsByteArrayAsync()));
        Text(zip, "looks.csv").ShouldContain(",'=cmd|' /C calc'!A0,");
        Text(zip, "looks.json").ShouldContain("\"purpose\":\"=cmd|");
    }

    [Theory]
    [InlineData("Consents")]
    [InlineData("Looks")]
    [InlineData("Entries")]
    [InlineData("Contests")]
    [InlineData("Proofs")]
    [InlineData("Seal")]
    public async Task A_withdrawal_meanwhile_cuts_the_archive_before_it_looks_complete(string step)
    {
        await using var gateway = await TestGateway.Start();
        gateway.City.Exports.GoneAt = step;
        var (bytes, wasCut) = await Read(gateway);
        wasCut.ShouldBeTrue();
        bytes.AsSpan().IndexOf("manifest.jws"u8).ShouldBe(-1);
        Should.Throw<InvalidDataException>(() => new ZipArchive(new MemoryStream(bytes)));
        gateway.Log.Text.ShouldContain($"An export was aborted: {nameof(ExportAbortedException)}");
    }

    [Fact]
    public async Task An_unexpected_exception_is_logged_without_its_text_and_cuts_the_archive()
    {
        await using var gateway = await TestGateway.Start();
        gateway.City.Exports.BeforeEntries = () => throw new InvalidOperationException("secret of a person");
        (await Read(gateway)).WasCut.ShouldBeTrue();
        gateway.Log.Text.ShouldContain("An export failed with an unexpected exception: InvalidOperationException");
        gateway.Log.Text.ShouldNotContain("secret of a person");
        gateway.Log.Text.ShouldNotContain(Some.Participant);
    }

    [Fact]
    public async Task An_archive_that_takes_too_long_is_cut()
    {
        await using var gateway = await TestGateway.Start(
            ("Gateway:Limits:ExportSecondsMax", "1"), ("Gateway:Limits:RequestSecondsMax", "300"));
        gateway.City.Exports.BeforeEntries = () => new TaskCompletionSource().Task;
        (await Read(gateway)).WasCut.ShouldBeTrue();
    }

    [Fact]
    public async Task An_archive_may_take_longer_than_other_requests()
    {
        await using var gateway = await TestGateway.Start(("Gateway:Limits:RequestSecondsMax", "1"));
        var slow = new TaskCompletionSource();
        gateway.City.Enrolment.Before = () => slow.Task;
        var gate = new TaskCompletionSource();
        gateway.City.Exports.BeforeEntries = () => gate.Task;
        var export = Read(gateway);
        // Another request began later and is past its time limit, so the archive is past that limit too.
        (await gateway.Send(HttpMethod.Post, "/v1/me/subjects", "participant",
            $"{{\"programme\":\"safe-driver\",\"ruleSet\":\"{Some.Hash}\",\"handleProofs\":[\"a.b.c\"]}}")).Problem.ShouldBe("unavailable");
        slow.SetResult();
        gate.SetResult();
        (await export).WasCut.ShouldBeFalse();
    }

    [Fact]
    public async Task A_participant_has_one_archive_at_a_time_and_a_process_a_limited_number()
    {
        await using var gateway = await TestGateway.Start(("Gateway:Limits:ExportsAtOnceMax", "2"));
        var gate = new TaskCompletionSource();
        var reached = new SemaphoreSlim(0);
        gateway.City.Exports.BeforeEntries = async () =>
        {
            reached.Release();
            await gate.Task;
        };
        var first = Read(gateway);
        await reached.WaitAsync();
        var again = await gateway.Get(Path, "participant");
        (again.Status, again.Problem).ShouldBe((429, "too-many-requests"));
        again.Headers.RetryAfter.ShouldNotBeNull();
        gateway.City.Exports.Begun.ShouldBe(1);

        // Other participants are answered while the process is below its limit.
        var other = gateway.Token("participant", token => token.Claims["sub"] = "pairwise-2");
        (await gateway.Get(Path, other)).Problem.ShouldBe("not-found");
        using var slot = Limiter(gateway).Acquire("pairwise-3", isAudit: false, out _).ShouldNotBeNull();
        (await gateway.Get(Path, other)).Problem.ShouldBe("unavailable");
        slot.Dispose();
        (await gateway.Get(Path, other)).Problem.ShouldBe("not-found");

        gate.SetResult();
        (await first).WasCut.ShouldBeFalse();
        (await Read(gateway)).WasCut.ShouldBeFalse(gateway.Log.Text);
    }

    [Theory]
    [InlineData("/v1/me/subjects/safe-driver/1/export")]
    [InlineData("/v1/me/subjects/other/0/export")]
    [InlineData("/v1/me/subjects/safe-driver/32/export")]
    public async Task An_archive_of_another_participant_is_not_found(string path)
    {
        await using var gateway = await TestGateway.Start();
        var answer = await gateway.Get(path, "participant");
        (answer.Status, answer.Problem).ShouldBe((404, "not-found"));
    }

    [Fact]
    public async Task A_HEAD_request_makes_no_archive()
    {
        await using var gateway = await TestGateway.Start();
        var answer = await gateway.Send(HttpMethod.Head, Path, "participant");
        (answer.Status, answer.Text).ShouldBe((200, ""));
        gateway.City.Exports.Sealed.ShouldBeEmpty();
    }

    private static string EntryLine(int turn) =>
        $$$"""
        {"turn":{{{turn}}},"position":{{{100 + turn}}},"partition":3,"kind":"event","kindNumber":1,"day":"2026-11-23",
        "key":"00000001-0002-0003-0405-060708090a0b","nonce":"0102","leaf":"0304","body":{"data":{"text":"a,b"},"type":"x"}}
        """.ReplaceLineEndings("");

    private static ExportLimiter Limiter(TestGateway gateway) =>
        (ExportLimiter)gateway.Services.GetService(typeof(ExportLimiter)).ShouldNotBeNull();

    private static Task<HttpResponseMessage> Request(TestGateway gateway)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, Path);
        request.Headers.Authorization = new("Bearer", gateway.Token("participant"));
        return gateway.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }

    /// <summary>Requests the archive; returns the bytes that arrived, and whether the connection was cut.</summary>
    private static async Task<(byte[] Bytes, bool WasCut)> Read(TestGateway gateway)
    {
        using var received = new MemoryStream();
        try
        {
            using var answer = await Request(gateway);
            await answer.Content.CopyToAsync(received);
            return (received.ToArray(), false);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
            return (received.ToArray(), true);
        }
    }

    private static string Text(ZipArchive zip, string name)
    {
        using var reader = new StreamReader(zip.GetEntry(name)!.Open());
        return reader.ReadToEnd();
    }
}
