using System.Globalization;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Names = Microsoft.IdentityModel.Protocols.OpenIdConnect.OpenIdConnectParameterNames;

namespace Scoring.SignIn;

/// <summary>Keeps the access token of a session valid by its refresh token (RFC 6749 section 6).</summary>
internal sealed class TokenRefresher(SessionStore store, IOptionsMonitor<OpenIdConnectOptions> options, TimeProvider time)
{
    private const string ExpiresAt = "expires_at";

    /// <summary>A token is refreshed this long before it ends, so that it is still valid when the gateway reads it.</summary>
    private static readonly TimeSpan Early = TimeSpan.FromSeconds(30);

    /// <summary>Returns the access token of a session; refreshes it when it ends soon.</summary>
    /// <exception cref="SessionOverException">The session has ended, or the provider no longer continues it.</exception>
    public async Task<string> AccessToken(string key, CancellationToken cancellationToken)
    {
        var session = store.Find(key) ?? throw new SessionOverException();
        if (!IsDue(session)) return Access(session);
        await session.Refreshing.WaitAsync(cancellationToken);
        try
        {
            // Another request may have refreshed them meanwhile.
            if (IsDue(session) && !await Refresh(session, cancellationToken))
            {
                await store.RemoveAsync(key);
                throw new SessionOverException();
            }
            return Access(session);
        }
        finally
        {
            session.Refreshing.Release();
        }
    }

    private bool IsDue(Session session) =>
        !DateTimeOffset.TryParse(
            session.Ticket.Properties.GetTokenValue(ExpiresAt), CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var end)
        || end - Early <= time.GetUtcNow();

    private static string Access(Session session) =>
        session.Ticket.Properties.GetTokenValue(Names.AccessToken) ?? throw new SessionOverException();

    private async Task<bool> Refresh(Session session, CancellationToken cancellationToken)
    {
        var properties = session.Ticket.Properties;
        if (properties.GetTokenValue(Names.RefreshToken) is not { } refreshToken) return false;
        var client = options.Get(OpenIdConnectDefaults.AuthenticationScheme);
        var provider = await client.ConfigurationManager!.GetConfigurationAsync(cancellationToken);
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            [Names.GrantType] = OpenIdConnectGrantTypes.RefreshToken,
            [Names.RefreshToken] = refreshToken,
            [Names.ClientId] = client.ClientId!,
            [Names.ClientSecret] = client.ClientSecret ?? "",
        });
        using var answer = await client.Backchannel.PostAsync(new Uri(provider.TokenEndpoint), form, cancellationToken);
        if ((int)answer.StatusCode is >= 400 and < 500) return false;
        answer.EnsureSuccessStatusCode();
        var tokens = new OpenIdConnectMessage(await answer.Content.ReadAsStringAsync(cancellationToken));
        var seconds = int.TryParse(tokens.ExpiresIn, CultureInfo.InvariantCulture, out var stated) ? stated : 0;
        properties.UpdateTokenValue(Names.AccessToken, tokens.AccessToken);
        properties.UpdateTokenValue(ExpiresAt, time.GetUtcNow().AddSeconds(seconds).ToString("o", CultureInfo.InvariantCulture));
        if (tokens.RefreshToken is { Length: > 0 } next) properties.UpdateTokenValue(Names.RefreshToken, next);
        return true;
    }
}
