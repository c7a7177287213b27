using System.Net;
using System.Security.Cryptography;
using System.Text;
using Scoring.Hosting;
using Scoring.Verify;

namespace Scoring.Verification;

/// <summary>The page around the verifier: what it may do, its limits, and what it says when it cannot check.</summary>
public sealed class VerificationPageTests(SharedPortal portal) : PortalTest(portal)
{
    private const int TransferBytesMax = 2_500_000;

    [Fact]
    public async Task Only_the_worker_may_compile_WebAssembly()
    {
        using var visit = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = Portal.Address };
        var files = new VerifierFiles();
        string Policy(HttpResponseMessage answer) => answer.Headers.GetValues("Content-Security-Policy").Single();
        foreach (var path in new[] { "/", "/checkpoints", files.WorkerPath, "/verify" })
        {
            using var answer = await visit.GetAsync(path);
            answer.StatusCode.ShouldBe(HttpStatusCode.OK, path);
            Policy(answer).Contains("'wasm-unsafe-eval'", StringComparison.Ordinal).ShouldBe(path == files.WorkerPath, path);
            Policy(answer).Contains("worker-src", StringComparison.Ordinal).ShouldBe(path == "/verify", path);
            Policy(answer).Contains("trusted-types 'none'", StringComparison.Ordinal).ShouldBe(path != "/verify", path);
            Policy(answer).ShouldContain("require-trusted-types-for 'script'");
        }
    }

    [Fact]
    public async Task The_page_starts_no_other_worker()
    {
        var visitor = await Visit();
        await BrowserCheck.Open(visitor);
        visitor.Watch.ExpectBlocked();
        (await visitor.Page.EvaluateAsync<string>("""
            () => {
              try { new Worker("/assets/other.js"); return "started"; } catch (error) { return error.name; }
            }
            """)).ShouldBe("TypeError");
        (await visitor.Page.EvaluateAsync<string>("""
            () => {
              try { trustedTypes.createPolicy("verifier", { createScriptURL: (address) => address }); return "made"; }
              catch (error) { return error.name; }
            }
            """)).ShouldBe("TypeError");
    }

    [Fact]
    public async Task The_build_is_named_by_the_hashes_of_its_files()
    {
        var files = new VerifierFiles();
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false, AutomaticDecompression = DecompressionMethods.Brotli })
            { BaseAddress = Portal.Address };
        var list = await http.GetStringAsync(files.ListPath);
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(list))).ShouldBe(files.Hash);
        (await http.GetStringAsync("/verify")).ShouldContain(files.Hash);
        var rows = list.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(row => row.Split("  ")).ToArray();
        rows.Length.ShouldBeGreaterThan(10);
        foreach (var row in rows)
        {
            using var answer = await http.GetAsync(files.ListPath.Replace(VerifierFiles.ListName, row[1], StringComparison.Ordinal));
            answer.Headers.CacheControl.ShouldNotBeNull().ToString().ShouldContain("immutable");
            Convert.ToHexStringLower(SHA256.HashData(await answer.Content.ReadAsByteArrayAsync())).ShouldBe(row[0], row[1]);
        }
        files.TransferBytes.ShouldBeLessThan(TransferBytesMax);
        foreach (var wrong in new[] { "/verifier/0123456789abcdef/worker.js", files.ListPath + "x", files.WorkerPath[..12] + "/worker.js" })
            (await http.GetAsync(wrong)).StatusCode.ShouldBe(HttpStatusCode.NotFound, wrong);
    }

    [Fact]
    public async Task The_public_files_of_a_check_can_be_saved()
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = Portal.Address };
        (await http.GetStringAsync(VerifierRoutes.KeysPath)).ShouldBe(await Portal.Session.Api.Checkpoints.ReadKeys());
        (await http.GetStringAsync(VerifierRoutes.CheckpointPath)).ShouldBe(await Portal.Session.Api.Checkpoints.FindLatest());
        (await http.GetStringAsync(VerifierRoutes.ReceiptKeysPath)).ShouldContain("\"kid\"");
        using var proof = await http.GetAsync(VerifierRoutes.ProofPath + "?from=7&to=900");
        proof.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        using var nonsense = await http.GetAsync(VerifierRoutes.ProofPath + "?from=x");
        nonsense.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task A_check_needs_a_file_within_the_limit()
    {
        var visitor = await Visit();
        var check = await BrowserCheck.Open(visitor);
        var state = visitor.Page.Locator("[data-verify-state]");
        await check.Start();
        (await state.InnerTextAsync()).ShouldBe("Choose the file to check.");
        await visitor.Page.EvaluateAsync("() => { document.querySelector('[data-verify]').dataset.bytesMax = 10; }");
        await check.Choose(("file", new byte[11]));
        await check.Start();
        (await state.InnerTextAsync()).ShouldBe("This page checks files up to 500 MB. Use the command line for larger ones.");
        (await check.Run(("file", new byte[10]))).Verdict.ShouldBe("No verdict");
    }

    [Fact]
    public async Task A_check_can_be_stopped_and_a_report_can_be_saved()
    {
        using var ledger = new SampleLedger();
        var large = ledger.Zip("scoring-export-1", new Dictionary<string, string> { ["large.txt"] = new string('x', 60_000_000) });
        var visitor = await Visit();
        var check = await BrowserCheck.Open(visitor);
        await visitor.Context.SetOfflineAsync(false); // a stopped worker is loaded again
        await check.Choose(("file", large));
        await check.Start();
        await visitor.Page.Locator("[data-stop]").ClickAsync();
        await check.Ready();
        (await visitor.Page.Locator("[data-verify-report]").IsVisibleAsync()).ShouldBeFalse();

        (await check.Run(("file", ledger.Archive(ledger.Seal())))).Failed.ShouldContain("manifest-signature");
        var saved = await visitor.Page.RunAndWaitForDownloadAsync(() => visitor.Page.Locator("[data-save]").ClickAsync());
        using var text = new StreamReader(await saved.CreateReadStreamAsync());
        var report = await text.ReadToEndAsync();
        report.ShouldContain("NO    The list of files is not signed by the platform's key");
        report.ShouldContain("REFUSED");
        report.ShouldContain(new VerifierFiles().Hash);
    }

    [Fact]
    public async Task A_report_names_the_file_that_was_checked()
    {
        var visitor = await Visit();
        var check = await BrowserCheck.Open(visitor);
        await check.Choose(("file", new byte[7]));
        await check.Start();
        await check.Choose(("file", new byte[8]));
        await check.Report();
        (await visitor.Page.Locator("[data-file]").InnerTextAsync()).ShouldBe("file.bin (7 B)");
    }

    [Fact]
    public async Task A_verifier_that_cannot_be_loaded_leads_to_the_command_line()
    {
        var visitor = await Visit();
        await visitor.Context.RouteAsync("**/dotnet.js", route => route.FulfillAsync(new RouteFulfillOptions { Status = 404 }));
        visitor.Watch.Expect(404);
        await visitor.Open("/verify");
        await visitor.Page.Locator("[data-verify-without]").WaitForAsync();
        (await visitor.Page.Locator("form[data-verify] button[type=submit]").IsEnabledAsync()).ShouldBeFalse();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_browser_that_cannot_check_shows_the_command_line(bool hasScript)
    {
        var visitor = await Visit(new VisitorSettings(HasScript: hasScript));
        await visitor.Context.AddInitScriptAsync("delete globalThis.WebAssembly");
        await visitor.Open("/verify");
        (await visitor.Page.Locator("[data-verify-without]").IsVisibleAsync()).ShouldBeTrue();
        (await visitor.Page.Locator("form[data-verify]").IsVisibleAsync()).ShouldBeFalse();
        (await visitor.Main()).ShouldContain("./run verify archive");
    }
}
