using System.Collections.Concurrent;
using OpenIddict.Abstractions;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Scoring.Clients;

/// <summary>Registers clients, and knows the sector and the origins of each.</summary>
internal sealed class ClientRegistry(IServiceProvider services)
{
    private readonly ConcurrentDictionary<string, IssuerClient> _clients = new(StringComparer.Ordinal);

    /// <summary>The origins that a browser may be sent back to.</summary>
    public IEnumerable<Uri> Origins => _clients.Values.SelectMany(client => client.Origins).Distinct()
        .OrderBy(origin => origin.AbsoluteUri, StringComparer.Ordinal);

    /// <summary>Returns a registered client.</summary>
    /// <exception cref="KeyNotFoundException">The client is not registered.</exception>
    public IssuerClient Find(string id) => _clients[id];

    /// <summary>Registers a client, or replaces its registration.</summary>
    public async Task Register(IssuerClient client, CancellationToken cancellationToken)
    {
        await using var scope = services.CreateAsyncScope();
        var applications = scope.ServiceProvider.GetRequiredService<IOpenIddictApplicationManager>();
        if (await applications.FindByClientIdAsync(client.Id, cancellationToken) is { } known)
            await applications.UpdateAsync(known, Application(client), cancellationToken);
        else await applications.CreateAsync(Application(client), cancellationToken);
        _clients[client.Id] = client;
    }

    private static OpenIddictApplicationDescriptor Application(IssuerClient client)
    {
        var application = new OpenIddictApplicationDescriptor
        {
            ClientId = client.Id,
            ClientSecret = client.Secret,
            ClientType = ClientTypes.Confidential,
            ConsentType = ConsentTypes.Implicit,
            Permissions =
            {
                Permissions.Endpoints.Authorization, Permissions.Endpoints.Token, Permissions.Endpoints.EndSession,
                Permissions.GrantTypes.AuthorizationCode, Permissions.GrantTypes.RefreshToken, Permissions.ResponseTypes.Code,
                Permissions.Scopes.Profile,
            },
            Requirements = { Requirements.Features.ProofKeyForCodeExchange },
        };
        foreach (var origin in client.Origins)
        {
            application.RedirectUris.Add(new Uri(origin, IssuerClient.SignedInPath));
            application.PostLogoutRedirectUris.Add(new Uri(origin, IssuerClient.SignedOutPath));
        }
        return application;
    }
}
