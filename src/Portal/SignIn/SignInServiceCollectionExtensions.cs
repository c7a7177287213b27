using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Scoring.Hosting;
using Scoring.Notices;

namespace Scoring.SignIn;

/// <summary>Registers sign-in: authorization code with PKCE, and a session whose tokens never leave this process.</summary>
internal static class SignInServiceCollectionExtensions
{
    private const string CookieScheme = CookieAuthenticationDefaults.AuthenticationScheme;

    public static void AddSignIn(this IServiceCollection services, PortalOptions options)
    {
        services.AddSingleton<SessionStore>().AddSingleton<TokenRefresher>().AddScoped<CurrentSession>();
        services.AddSingleton<KeptForms>().AddScoped<FormValues>();
        var authentication = services.AddAuthentication(schemes =>
        {
            schemes.DefaultScheme = CookieScheme;
            if (options.SignIn.Authority is not null) schemes.DefaultChallengeScheme = OpenIdConnectDefaults.AuthenticationScheme;
        });
        authentication.AddCookie(cookie => SetCookie(cookie, options));
        services.AddOptions<CookieAuthenticationOptions>(CookieScheme)
            .Configure<SessionStore>((cookie, store) => cookie.SessionStore = store);
        if (options.SignIn.Authority is not null) authentication.AddOpenIdConnect(provider => SetProvider(provider, options.SignIn));
        else services.AddSingleton<IOptionsMonitor<OpenIdConnectOptions>>(new NoProvider());
    }

    private static void SetCookie(CookieAuthenticationOptions cookie, PortalOptions options)
    {
        cookie.Cookie.Name = "portal-session";
        cookie.Cookie.SameSite = SameSiteMode.Lax; // the way back from the provider comes from another site
        cookie.Cookie.IsEssential = true;
        cookie.ExpireTimeSpan = TimeSpan.FromMinutes(options.SessionIdleMinutes);
        cookie.SlidingExpiration = true;
        cookie.Events.OnCheckSlidingExpiration = context =>
        {
            if (LiveRequest.Is(context.Request)) context.ShouldRenew = false;
            return Task.CompletedTask;
        };
        cookie.Events.OnRedirectToAccessDenied = context =>
        {
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
            return Task.CompletedTask;
        };
        cookie.Events.OnRedirectToLogin = context =>
        {
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return Task.CompletedTask;
        };
    }

    private static void SetProvider(OpenIdConnectOptions provider, Hosting.SignInOptions settings)
    {
        provider.Authority = settings.Authority!.AbsoluteUri;
        provider.RequireHttpsMetadata = settings.RequireHttps;
        provider.ClientId = settings.ClientId;
        provider.ClientSecret = settings.ClientSecret;
        provider.ResponseType = OpenIdConnectResponseType.Code;
        // The answer comes as a redirect: a form would need cookies without SameSite, which browsers take over https only.
        provider.ResponseMode = OpenIdConnectResponseMode.Query;
        provider.UsePkce = true;
        provider.SaveTokens = true; // in the session store
        provider.MapInboundClaims = false;
        provider.GetClaimsFromUserInfoEndpoint = false;
        provider.TokenValidationParameters.NameClaimType = "name";
        provider.TokenValidationParameters.RoleClaimType = settings.RolesClaim;
        provider.CorrelationCookie.SameSite = SameSiteMode.Lax;
        provider.CorrelationCookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        provider.NonceCookie.SameSite = SameSiteMode.Lax;
        provider.NonceCookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        provider.Scope.Clear();
        foreach (var scope in settings.Scopes.Split(' ', StringSplitOptions.RemoveEmptyEntries)) provider.Scope.Add(scope);
        provider.Events.OnRemoteFailure = SignInFailure.Show;
        provider.Events.OnRedirectToIdentityProvider = LeadNoScript;
    }

    private static Task LeadNoScript(RedirectContext context)
    {
        if (!LiveRequest.Is(context.Request)) return Task.CompletedTask;
        context.Response.StatusCode = StatusCodes.Status401Unauthorized;
        context.HttpContext.Features.Get<IStatusCodePagesFeature>()?.Enabled = false;
        context.HandleResponse();
        return Task.CompletedTask;
    }

    /// <summary>Stands for the provider where people can't sign in, so that no session ever needs it.</summary>
    private sealed class NoProvider : IOptionsMonitor<OpenIdConnectOptions>
    {
        public OpenIdConnectOptions CurrentValue => throw new InvalidOperationException("There is no provider.");

        public OpenIdConnectOptions Get(string? name) => CurrentValue;

        public IDisposable? OnChange(Action<OpenIdConnectOptions, string?> listener) => null;
    }
}
