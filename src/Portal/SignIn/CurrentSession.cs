using Microsoft.AspNetCore.Authentication;

namespace Scoring.SignIn;

/// <summary>The session of a request, and the access token for its calls.</summary>
internal sealed class CurrentSession(IHttpContextAccessor context, SessionStore store, TokenRefresher refresher)
{
    /// <summary>The session, or <see langword="null"/> when the person is not signed in.</summary>
    public Session? Value => store.Find(Key);

    /// <summary>The session.</summary>
    /// <exception cref="SessionOverException">It has ended since the request began.</exception>
    public Session Required => Value ?? throw new SessionOverException();

    private string? Key =>
        context.HttpContext?.Features.Get<IAuthenticateResultFeature>()?.AuthenticateResult?.Properties?.Items is { } items
            && items.TryGetValue(Session.KeyItem, out var key) ? key : null;

    /// <summary>Returns a valid access token, or <see langword="null"/> when the person is not signed in.</summary>
    /// <exception cref="SessionOverException">The session has ended.</exception>
    public async ValueTask<string?> AccessToken(CancellationToken cancellationToken) =>
        Key is { } key ? await refresher.AccessToken(key, cancellationToken) : null;
}
