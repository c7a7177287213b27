using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Scoring.City.Commands;
using Scoring.City.People;
using Scoring.City.Platform;
using Scoring.Hosting;
using Scoring.Testing;
using Scoring.Verify.Commands;

namespace Scoring.Audit;

/// <summary>A platform that makes a checkpoint every second, with one driver, a few trips and an auditor.</summary>
internal sealed class AuditedCity : IAsyncDisposable
{
    private const string Programme = ProgrammeNames.SafeDriver;

    private readonly ScratchFolder _scratch = new();
    private readonly CancellationToken _cancellationToken;
    private readonly HttpClient _client = new();
    private StandaloneProcess _platform = null!;
    private Session _session = null!;
    private Resident _driver = null!;
    private int _files;

    private AuditedCity(CancellationToken cancellationToken) => _cancellationToken = cancellationToken;

    public string Folder => _scratch.Path;

    /// <summary>The output of the last run of the verifier.</summary>
    public string VerifierOutput { get; private set; } = "";

    public static async Task<AuditedCity> Start(CancellationToken cancellationToken)
    {
        var city = new AuditedCity(cancellationToken);
        try
        {
            city._platform = await StandaloneProcess.Start(
                city.Folder, developmentClock: false, "--Checkpoints:IntervalSeconds=1", "--Checkpoints:TileSeconds=1");
            city._session = city._platform.Session();
            city._client.BaseAddress = city._session.Standalone.Address;
            var programme = await city._session.Platform.Programme(Programme, cancellationToken);
            city._driver = (await city._session.Residents.Enrol(
                programme, [city._session.Residents.Draw(Programme, "driver")], _ => { }, cancellationToken))[0];
            for (var i = 0; i < 4; i++) await city.Send($"trip-{i}", 10 + i, overLimitKm: i == 2 ? 9 : 0);
            return city;
        }
        catch
        {
            await city.DisposeAsync();
            throw;
        }
    }

    public string Day(int ahead) => TimeProvider.System.GetUtcNow().AddDays(ahead).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    public async Task Send(string id, int distanceKm, int overLimitKm = 0)
    {
        var handle = _driver.HandleFor(EventFamily.Traffic);
        var trip = new JsonObject
        {
            ["specversion"] = "1.0", ["id"] = id, ["source"] = handle.Source, ["type"] = "traffic.trip",
            ["time"] = TimeProvider.System.GetUtcNow().ToString("O", CultureInfo.InvariantCulture),
            ["data"] = new JsonObject
            {
                ["programme"] = Programme, ["handle"] = handle.Token, ["distanceKm"] = distanceKm, ["overLimitKm"] = overLimitKm,
                ["harshBrakings"] = 0,
            },
        };
        var token = _session.Standalone.Sources.Single(source => source.Id == handle.Source).Token;
        var (status, answer) = await _session.Platform.SendEvents(
            token, Encoding.UTF8.GetBytes(new JsonArray(trip).ToJsonString()), _cancellationToken);
        status.ShouldBe(HttpStatusCode.Accepted, answer);
    }

    /// <summary>Queries the score as a service; returns the answer's reference.</summary>
    public async Task<string> Query()
    {
        var service = _session.Standalone.Services.Single(one => one.Programme == Programme);
        var answer = await _session.Api.SendJson(
            HttpMethod.Post, "/v1/scores/query", service.Token, new JsonObject { ["grant"] = _driver.Grant }, _cancellationToken);
        return answer!.Value.GetProperty("reference").GetString()!;
    }

    /// <summary>Contests the fast trip as the driver; returns the case.</summary>
    public async Task<string> Contest()
    {
        var history = await Own(HttpMethod.Get, "/history?count=500", null);
        var fast = history["entries"]!.AsArray()
            .Single(entry => entry!["body"]!.ToJsonString().Contains("\"overLimitKm\":9", StringComparison.Ordinal));
        return (string)(await Own(
            HttpMethod.Post, "/contests", new JsonObject { ["turn"] = (long)fast!["turn"]!, ["ground"] = "not-mine" }))["case"]!;
    }

    public async Task<JsonArray> Accesses() => (await Own(HttpMethod.Get, "/looks?count=100", null))["looks"]!.AsArray();

    public async Task<JsonNode> Own(HttpMethod method, string path, JsonObject? body)
    {
        var answer = await _session.Api.SendJson(
            method, $"/v1/me/subjects/{Programme}/{_driver.Ordinal}{path}", _session.Credentials.ParticipantToken(_driver.Participant),
            body, _cancellationToken);
        return answer is { ValueKind: not System.Text.Json.JsonValueKind.Undefined } json
            ? JsonNode.Parse(json.GetRawText())!
            : new JsonObject();
    }

    public JsonObject History(string caseId, JsonObject name, JsonObject? asOf = null)
    {
        var request = new JsonObject { ["case"] = caseId, ["subject"] = name.DeepClone() };
        if (asOf is not null) request["asOf"] = asOf;
        return request;
    }

    public async Task<JsonNode> Audit(string path, JsonObject body) => JsonNode.Parse(await AuditText(path, body, "application/json"))!;

    public async Task<JsonNode> AuditGet(string path)
    {
        using var answer = await Auditor(HttpMethod.Get, path, null, "application/json");
        var text = await answer.Content.ReadAsStringAsync(_cancellationToken);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, text);
        return JsonNode.Parse(text)!;
    }

    public async Task<string> AuditText(string path, JsonObject body, string accept) =>
        Encoding.UTF8.GetString(await AuditBytes(path, body, accept));

    public async Task<byte[]> AuditBytes(string path, JsonObject body, string accept)
    {
        using var answer = await Auditor(HttpMethod.Post, path, body, accept);
        var bytes = await answer.Content.ReadAsByteArrayAsync(_cancellationToken);
        answer.IsSuccessStatusCode.ShouldBeTrue($"{path} {(int)answer.StatusCode} {Encoding.UTF8.GetString(bytes)}");
        answer.Content.Headers.ContentType!.MediaType.ShouldBe(accept);
        return bytes;
    }

    public async Task<HttpStatusCode> AuditStatus(string path, JsonObject body)
    {
        using var answer = await Auditor(HttpMethod.Post, path, body, "application/json");
        return answer.StatusCode;
    }

    /// <summary>Reads the number of a checkpoint from its note.</summary>
    public static long CheckpointNumber(string note) => long.Parse(note.Split('\n')[1], CultureInfo.InvariantCulture);

    public Task<string> Text(string path) => _client.GetStringAsync(path, _cancellationToken);

    /// <summary>Waits for a checkpoint that begins after this call.</summary>
    public async Task Sealed()
    {
        var before = await Latest();
        using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while (await Latest() < before + 2) await pause.WaitForNextTickAsync(_cancellationToken);
    }

    /// <summary>Exports the driver's archive and verifies it offline; returns the exit code.</summary>
    public async Task<int> Verify(params string[] more)
    {
        using var zip = new MemoryStream();
        await _session.Api.As(_session.Credentials.ParticipantToken(_driver.Participant)).Subjects
            .Of(Programme, _driver.Ordinal!.Value).Export(zip, _cancellationToken);
        return await VerifyBytes(zip.ToArray(), "archive", more);
    }

    public async Task<int> VerifyBytes(byte[] zip, string kind = "archive", params string[] more)
    {
        var path = File("");
        await System.IO.File.WriteAllBytesAsync(path, zip, _cancellationToken);
        using var output = new StringWriter();
        var code = await VerifyCommands.Run(
            [
                kind, path, "--key", (await Text("/v1/checkpoints/keys")).Split('\n')[0],
                "--receipt-keys", File(await Text("/v1/receipts/keys")), .. more,
            ],
            output, output);
        VerifierOutput = "\n" + output;
        return code;
    }

    public async Task<int> VerifyRecord(string json)
    {
        using var output = new StringWriter();
        var code = await VerifyCommands.Run(
            ["record", File(json), "--key", (await Text("/v1/checkpoints/keys")).Split('\n')[0]], output, output);
        VerifierOutput = "\n" + output;
        return code;
    }

    /// <summary>Writes a file into the scratch folder; returns its path.</summary>
    public string File(string text)
    {
        var path = Path.Combine(Folder, string.Create(CultureInfo.InvariantCulture, $"file-{++_files}"));
        System.IO.File.WriteAllText(path, text);
        return path;
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        _session?.Dispose();
        if (_platform is not null) await _platform.DisposeAsync();
        _scratch.Dispose();
    }

    private async Task<long> Latest()
    {
        using var answer = await _client.GetAsync("/v1/checkpoints/latest", _cancellationToken);
        return answer.IsSuccessStatusCode
            ? CheckpointNumber(await answer.Content.ReadAsStringAsync(_cancellationToken))
            : 0;
    }

    private async Task<HttpResponseMessage> Auditor(HttpMethod method, string path, JsonObject? body, string accept)
    {
        using var request = new HttpRequestMessage(method, "/v1/audit" + path);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", _session.Standalone.AuditorToken);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue(accept));
        if (body is not null) request.Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
        return await _client.SendAsync(request, _cancellationToken);
    }
}
