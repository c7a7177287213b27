using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.Options;
using OpenIddict.Server;
using Scoring.Hosting;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Scoring.Tokens;

/// <summary>Configures OpenIddict: authorization code with PKCE, refresh and logout; access tokens are signed and not encrypted.</summary>
internal static class TokenServer
{
    public const string AuthorizePath = "/connect/authorize";
    public const string TokenPath = "/connect/token";
    public const string LogoutPath = "/connect/logout";

    /// <summary>Adds the server and the cookie session of a person who has signed in.</summary>
    public static void AddTokenServer(this IServiceCollection services, IssuerSetup setup, DevelopmentIssuerOptions options)
    {
        var root = new InMemoryDatabaseRoot(); // one for each issuer: tests run several in a process
        services.AddDbContext<TokenStore>(store => store.UseInMemoryDatabase("tokens", root)
            .ConfigureWarnings(warnings => warnings.Ignore(InMemoryEventId.TransactionIgnoredWarning)).UseOpenIddict());
        services.AddOpenIddict()
            .AddCore(core => core.UseEntityFrameworkCore().UseDbContext<TokenStore>().DisableBulkOperations())
            .AddServer(server => Configure(server, setup, options));
        services.AddSingleton<IConfigureOptions<OpenIddictServerOptions>, IssuerAddress>();
        services.AddAuthentication(CookieAuthenticationDefaults.AuthenticationScheme).AddCookie(cookie =>
        {
            cookie.Cookie.Name = "issuer-session";
            cookie.Cookie.SameSite = SameSiteMode.Lax; // the portal sends the browser here by a link
            cookie.ExpireTimeSpan = TimeSpan.FromHours(options.SessionHours);
            cookie.SlidingExpiration = false;
        });
    }

    private static void Configure(OpenIddictServerBuilder server, IssuerSetup setup, DevelopmentIssuerOptions options)
    {
        server.SetAuthorizationEndpointUris(AuthorizePath).SetTokenEndpointUris(TokenPath).SetEndSessionEndpointUris(LogoutPath);
        server.AllowAuthorizationCodeFlow().RequireProofKeyForCodeExchange().AllowRefreshTokenFlow();
        server.RegisterScopes(Scopes.OpenId, Scopes.Profile, Scopes.OfflineAccess);
        server.RegisterClaims(Claims.Subject, Claims.Name, TokenClaims.Roles, TokenClaims.AgeOver18);
        server.AddSigningKey(setup.Key.SecurityKey()).AddEphemeralEncryptionKey().DisableAccessTokenEncryption();
        server.SetAccessTokenLifetime(TimeSpan.FromMinutes(options.AccessTokenMinutes));
        server.SetRefreshTokenLifetime(TimeSpan.FromHours(options.RefreshTokenHours));
        server.SetRefreshTokenReuseLeeway(TimeSpan.Zero); // a refresh token that comes twice was copied
        server.Configure(configured =>
        {
            configured.CodeChallengeMethods.Clear();
            configured.CodeChallengeMethods.Add(CodeChallengeMethods.Sha256);
        });
        server.AddEventHandler<HandleConfigurationRequestContext>(handler => handler.UseInlineHandler(document =>
        {
            document.SubjectTypes.Clear();
            document.SubjectTypes.Add(SubjectTypes.Pairwise);
            return ValueTask.CompletedTask;
        }).SetOrder(OpenIddictServerHandlers.Discovery.AttachSubjectTypes.Descriptor.Order + 1));
        server.AddEventHandler<GenerateTokenContext>(handler => handler.UseInlineHandler(TokenClaims.WriteRoles)
            .SetOrder(OpenIddictServerHandlers.Protection.GenerateIdentityModelToken.Descriptor.Order - 1));
        server.UseAspNetCore()
            .EnableAuthorizationEndpointPassthrough()
            .EnableEndSessionEndpointPassthrough()
            .EnableStatusCodePagesIntegration()
            .DisableTransportSecurityRequirement(); // it listens on the loopback address only
    }
}
