using Scoring.Development;

namespace Scoring.Hosting;

/// <summary>Starts the portal of this process. In Development it signs people in at the development issuer.</summary>
internal static class StandalonePortal
{
    /// <summary>Reads the settings of the portal.</summary>
    public static PortalOptions Options(IConfiguration configuration) =>
        configuration.GetSection(PortalOptions.Section).Get<PortalOptions>() ?? new PortalOptions();

    /// <summary>The address that the API names as the portal's; <see langword="null"/> when it is not known before the start.</summary>
    public static string? KnownAddress(PortalOptions options) =>
        options.Origin?.GetLeftPart(UriPartial.Authority) ?? (options.Port == 0 ? null : $"http://127.0.0.1:{options.Port}");

    /// <summary>Starts the portal. It answers when this returns.</summary>
    /// <param name="builder">The process's settings.</param>
    /// <param name="api">The address of the gateway.</param>
    /// <param name="city">The development set-up; <see langword="null"/> outside Development.</param>
    /// <param name="issuer">The development issuer; <see langword="null"/> outside Development.</param>
    /// <param name="cancellationToken">Cancels the start.</param>
    public static async Task<PortalHost> Start(
        WebApplicationBuilder builder, string api, DevelopmentCity? city, DevelopmentIssuerHost? issuer,
        CancellationToken cancellationToken)
    {
        var options = Options(builder.Configuration);
        options.Api = [new Uri(api)];
        options.PublicApi ??= new Uri(api);
        if (issuer is not null)
        {
            options.SignIn = new SignInOptions
            {
                Authority = issuer.Address, ClientId = IssuerSetup.PortalId, ClientSecret = city!.Issuer.PortalSecret, RequireHttps = false,
            };
        }
        var portal = await PortalHost.Start(
            builder.Environment, builder.Configuration, options, TimeProvider.System, cancellationToken);
        if (issuer is not null) await issuer.Register(city!.Issuer.Portal(options.Origin ?? portal.Address), cancellationToken);
        return portal;
    }
}
