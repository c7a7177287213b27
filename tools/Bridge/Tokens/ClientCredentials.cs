using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Scoring.Bridge.Settings;

namespace Scoring.Bridge.Tokens;

/// <summary>Gets access tokens by the client's id and secret (RFC 6749, 4.4) and keeps each until shortly before its end.</summary>
internal sealed class ClientCredentials(PlatformOptions options, HttpClient http, TimeProvider time)
{
    private static readonly TimeSpan AnswerMax = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Early = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LifeDefault = TimeSpan.FromMinutes(1);

    private readonly SemaphoreSlim _one = new(1);
    private string? _token;
    private DateTimeOffset _until;

    /// <summary>Returns a token that is valid for the next request.</summary>
    /// <exception cref="TokenException">The issuer gives none now.</exception>
    public async ValueTask<string?> Token(CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken);
        try
        {
            if (_token is null || time.GetUtcNow() >= _until) await Renew(cancellationToken);
            return _token;
        }
        finally
        {
            _one.Release();
        }
    }

    private async Task Renew(CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(AnswerMax);
        try
        {
            using var request = await Request(limit.Token);
            using var answer = await http.SendAsync(request, limit.Token);
            if (!answer.IsSuccessStatusCode)
                throw new TokenException($"The issuer answered with status {(int)answer.StatusCode}.");
            using var document = JsonDocument.Parse(await answer.Content.ReadAsByteArrayAsync(limit.Token));
            var life = document.RootElement.TryGetProperty("expires_in", out var seconds) && seconds.TryGetInt64(out var number)
                ? TimeSpan.FromSeconds(number)
                : LifeDefault;
            _token = document.RootElement.GetProperty("access_token").GetString();
            _until = time.GetUtcNow() + (life > Early * 2 ? life - Early : life / 2);
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TokenException("The issuer did not answer in time.", exception);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
            throw new TokenException($"No access token: {exception.Message}", exception);
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new TokenException("The issuer's answer holds no access token.", exception); // its text may be a token
        }
    }

    private async Task<HttpRequestMessage> Request(CancellationToken cancellationToken)
    {
        var secret = await SecretFile.Read(options.ClientSecretFile, cancellationToken);
        var form = new List<KeyValuePair<string, string>> { new("grant_type", "client_credentials") };
        if (options.Scope.Length > 0) form.Add(new("scope", options.Scope));
        var user = $"{Uri.EscapeDataString(options.ClientId)}:{Uri.EscapeDataString(secret)}"; // RFC 6749, 2.3.1
        return new HttpRequestMessage(HttpMethod.Post, options.TokenEndpoint)
        {
            Content = new FormUrlEncodedContent(form),
            Headers = { Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(user))) },
        };
    }
}
