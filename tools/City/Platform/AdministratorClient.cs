using System.Buffers.Text;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Scoring.City.Platform;

/// <summary>
/// The calls to the API that an administrator makes. A refusal is a <see cref="CityException"/> with the platform's reasons.
/// </summary>
/// <param name="api">The HTTP client.</param>
/// <param name="token">The administrator's access token.</param>
public sealed class AdministratorClient(ApiClient api, string token)
{
    /// <summary>
    /// Returns a programme's status and draft; <see langword="null"/> when it has neither a draft nor a published version.
    /// </summary>
    public async Task<JsonElement?> Programme(string programme, CancellationToken cancellationToken)
    {
        var (status, answer) = await api.Send(HttpMethod.Get, PathOf(programme), token, null, "", cancellationToken);
        return status == HttpStatusCode.NotFound ? null : Read(status, answer);
    }

    /// <summary>
    /// Puts a draft, as the first one or in place of the current one. Returns it with its hash, problems and differences.
    /// </summary>
    public async Task<JsonElement> Draft(string programme, byte[] draft, CancellationToken cancellationToken) =>
        await Programme(programme, cancellationToken) is null
            ? await Send(HttpMethod.Post, "/v1/admin/programmes", draft, cancellationToken)
            : await Send(HttpMethod.Put, PathOf(programme) + "/draft", draft, cancellationToken);

    /// <summary>Returns the draft when it has no problems.</summary>
    public Task<JsonElement> Validate(string programme, CancellationToken cancellationToken) =>
        Send(HttpMethod.Post, PathOf(programme) + "/draft/validation", null, cancellationToken);

    /// <summary>Approves the draft with a hash.</summary>
    public Task<JsonElement> Approve(string programme, string hash, CancellationToken cancellationToken) =>
        Send(HttpMethod.Post, PathOf(programme) + "/draft/approvals", Body("hash", hash), cancellationToken);

    /// <summary>Starts simulating the draft.</summary>
    public Task<JsonElement> Simulate(string programme, CancellationToken cancellationToken) =>
        Send(HttpMethod.Post, PathOf(programme) + "/draft/simulation", null, cancellationToken);

    /// <summary>Returns the simulation's status, progress and report.</summary>
    public Task<JsonElement> Simulation(string programme, CancellationToken cancellationToken) =>
        Send(HttpMethod.Get, PathOf(programme) + "/draft/simulation", null, cancellationToken);

    /// <summary>Suspends a programme.</summary>
    public Task<JsonElement> Suspend(string programme, string reason, CancellationToken cancellationToken) =>
        Send(HttpMethod.Put, PathOf(programme) + "/suspension", Body("reason", reason), cancellationToken);

    /// <summary>Approves that a programme resumes.</summary>
    public Task<JsonElement> Resume(string programme, CancellationToken cancellationToken) =>
        Send(HttpMethod.Delete, PathOf(programme) + "/suspension", null, cancellationToken);

    /// <summary>Approves that a programme ends.</summary>
    public Task<JsonElement> End(string programme, CancellationToken cancellationToken) =>
        Send(HttpMethod.Post, PathOf(programme) + "/end", null, cancellationToken);

    /// <summary>Returns a page of a programme's public record.</summary>
    public Task<JsonElement> Record(string programme, long after, CancellationToken cancellationToken) =>
        Send(HttpMethod.Get, $"/v1/programmes/{programme}/record?after={after}&count=500", null, cancellationToken);

    /// <summary>Proposes to register a document, or to suspend, resume or end a registration.</summary>
    public Task<JsonElement> Propose(string kind, JsonObject change, CancellationToken cancellationToken) =>
        Send(HttpMethod.Post, $"/v1/admin/{kind}", Encoding.UTF8.GetBytes(change.ToJsonString()), cancellationToken);

    /// <summary>Returns a registration with its open proposal.</summary>
    public Task<JsonElement> Registration(string kind, string id, CancellationToken cancellationToken) =>
        Send(HttpMethod.Get, PathOf(kind, id), null, cancellationToken);

    /// <summary>Approves the proposal with a hash.</summary>
    public Task<JsonElement> Confirm(string kind, string id, string hash, CancellationToken cancellationToken) =>
        Send(HttpMethod.Post, PathOf(kind, id) + "/approvals", Body("hash", hash), cancellationToken);

    /// <summary>Returns a page of undecided contests.</summary>
    /// <param name="after">The end of the page before; empty for the first page.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    public Task<JsonElement> Contests(string after, CancellationToken cancellationToken) =>
        Send(HttpMethod.Get, "/v1/admin/contests"
            + (after.Length == 0 ? "" : $"?after={Uri.EscapeDataString(after)}"), null, cancellationToken);

    /// <summary>Returns a case's file.</summary>
    public Task<JsonElement> Contest(string name, CancellationToken cancellationToken) =>
        Send(HttpMethod.Get, $"/v1/admin/contests/{Uri.EscapeDataString(name)}", null, cancellationToken);

    /// <summary>Decides a contest.</summary>
    public Task<JsonElement> Decide(string name, bool upheld, string reason, CancellationToken cancellationToken) => Send(
        HttpMethod.Post, $"/v1/admin/contests/{Uri.EscapeDataString(name)}/decision",
        Encoding.UTF8.GetBytes(new JsonObject { ["upheld"] = upheld, ["reason"] = reason }.ToJsonString()), cancellationToken);

    /// <summary>Returns a refusal as lines of text: its title, its detail, and each error and problem.</summary>
    public static string Refusal(HttpStatusCode status, string answer)
    {
        if (!answer.StartsWith('{')) return $"The platform answered with status {(int)status}.";
        var problem = JsonNode.Parse(answer)!;
        var lines = new List<string> { $"{problem["title"]} ({(int)status})" };
        if (problem["detail"] is { } detail) lines.Add($"  {detail}");
        foreach (var error in problem["errors"]?.AsArray() ?? []) lines.Add($"  {error?["pointer"]}: {error?["detail"]}");
        lines.AddRange(Problems(problem["problems"]?.AsArray()));
        return string.Join('\n', lines);
    }

    /// <summary>Returns the problems of a draft or a registration as lines of text.</summary>
    public static IEnumerable<string> Problems(JsonArray? problems) =>
        (problems ?? []).Select(problem => $"  {problem?["pointer"]}  {problem?["code"]}: {problem?["help"]}");

    private async Task<JsonElement> Send(HttpMethod method, string path, byte[]? body, CancellationToken cancellationToken)
    {
        var (status, answer) = await api.Send(method, path, token, body, "application/json", cancellationToken);
        return Read(status, answer);
    }

    private static JsonElement Read(HttpStatusCode status, string answer)
    {
        if ((int)status is < 200 or >= 300) throw new CityException(Refusal(status, answer));
        return answer.Length == 0 ? default : JsonElement.Parse(answer);
    }

    private static byte[] Body(string member, string value) => Encoding.UTF8.GetBytes(new JsonObject { [member] = value }.ToJsonString());

    private static string PathOf(string programme) => $"/v1/admin/programmes/{Uri.EscapeDataString(programme)}";

    // A source's id is a URI, so the path has it as base64url.
    private static string PathOf(string kind, string id) =>
        $"/v1/admin/{kind}/" + (kind == "sources" ? Base64Url.EncodeToString(Encoding.UTF8.GetBytes(id)) : Uri.EscapeDataString(id));
}
