using System.Security.Claims;
using OpenIddict.Abstractions;
using Scoring.Clients;
using Scoring.People;

namespace Scoring.Tokens;

/// <summary>Finds and revokes the tokens of one sign-in by the ID token that it gave.</summary>
internal sealed class SignInTokens(
    ClientRegistry clients, PairwiseSubjects subjects, IOpenIddictAuthorizationManager authorizations, IOpenIddictTokenManager tokens)
{
    /// <summary>Tells whether an ID token was made for the person who has signed in. Without a session there is none to protect.</summary>
    public bool IsOf(ClaimsPrincipal? idToken, Person? signedIn) =>
        signedIn is null || (idToken?.GetAudiences() ?? []).Any(client =>
            subjects.Of(signedIn, clients.Find(client).Sector) == idToken!.GetClaim(OpenIddictConstants.Claims.Subject));

    /// <summary>Revokes the refresh tokens of the sign-in. Access tokens stay valid until they expire, as the API reads no list.</summary>
    public async Task Revoke(ClaimsPrincipal idToken, CancellationToken cancellationToken)
    {
        if (idToken.GetAuthorizationId() is not { } id) return;
        if (await authorizations.FindByIdAsync(id, cancellationToken) is { } authorization)
            await authorizations.TryRevokeAsync(authorization, cancellationToken);
        await tokens.RevokeByAuthorizationIdAsync(id, cancellationToken);
    }
}
