using System.ComponentModel.DataAnnotations;
using System.Net;
using Microsoft.AspNetCore;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Scoring.Clients;
using Scoring.Linking;
using Scoring.Pages;
using Scoring.People;
using Scoring.SignIn;
using Scoring.Tokens;

namespace Scoring.Hosting;

/// <summary>
/// Runs an OpenID Connect provider for Development, with its own services and its own port on the loopback address. Its people are made up
/// and need no password, so it starts in Development only.
/// </summary>
public sealed class DevelopmentIssuerHost : IAsyncDisposable
{
    private readonly WebApplication _app;

    private DevelopmentIssuerHost(WebApplication app) => _app = app;

    /// <summary>The issuer's address, which is the <c>iss</c> of its tokens.</summary>
    public Uri Address => _app.Services.GetRequiredService<IssuerAddress>().Value;

    /// <summary>Starts the issuer. It answers when this returns.</summary>
    /// <exception cref="InvalidOperationException">The environment is not Development.</exception>
    /// <exception cref="ValidationException">An option is out of its range.</exception>
    public static async Task<DevelopmentIssuerHost> Start(
        IHostEnvironment environment, DevelopmentIssuerOptions options, IssuerSetup setup, TimeProvider time,
        CancellationToken cancellationToken)
    {
        if (!environment.IsDevelopment()) throw new InvalidOperationException("The development issuer is for Development only.");
        Validator.ValidateObject(options, new ValidationContext(options), validateAllProperties: true);
        var app = Build(environment, options, setup, time);
        var host = new DevelopmentIssuerHost(app);
        try
        {
            await host.Register(setup.Portal(Origin(options.Portal)), cancellationToken);
            await app.StartAsync(cancellationToken);
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }
        return host;
    }

    /// <summary>The address of a source's linking page.</summary>
    /// <param name="source">The source's name in the address.</param>
    public Uri LinkUri(string source) => new(Address, LinkRoutes.PathOf(source));

    /// <summary>Registers a client, or replaces its registration: a portal may take a free port after the issuer has started.</summary>
    public Task Register(IssuerClient client, CancellationToken cancellationToken) =>
        _app.Services.GetRequiredService<ClientRegistry>().Register(client, cancellationToken);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    private static WebApplication Build(
        IHostEnvironment environment, DevelopmentIssuerOptions options, IssuerSetup setup, TimeProvider time)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions
        {
            EnvironmentName = environment.EnvironmentName, ApplicationName = typeof(DevelopmentIssuerHost).Assembly.GetName().Name,
        });
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = options.FormBytesMax;
            kestrel.Listen(IPAddress.Loopback, options.Port);
        });
        builder.Logging.AddConsole().SetMinimumLevel(LogLevel.Warning); // below it OpenIddict logs requests
        var services = builder.Services;
        services.AddRouting().AddRazorComponents();
        services.AddDataProtection().UseEphemeralDataProtectionProvider(); // sessions end with the process
        services.AddAntiforgery(form => form.Cookie.Name = "issuer-form");
        services.AddHostFiltering(hosts => hosts.AllowedHosts = [IPAddress.Loopback.ToString()]);
        services.AddSingleton(setup).AddSingleton(setup.Names).AddSingleton<PairwiseSubjects>().AddSingleton<ClientRegistry>();
        services.AddSingleton<IssuerAddress>().AddScoped<SignInTokens>().AddSingleton(time);
        services.AddSingleton<HandleProofSigner>().AddSingleton<LinkDependencies>();
        services.AddTokenServer(setup, options);
        var app = builder.Build();
        Map(app);
        return app;
    }

    private static void Map(WebApplication app)
    {
        app.UseHostFiltering();
        app.Use(PageHeaders.Apply);
        app.UseStatusCodePages(context => Explain(context.HttpContext).ExecuteAsync(context.HttpContext));
        app.UseExceptionHandler(new ExceptionHandlerOptions
        {
            StatusCodeSelector = exception =>
                (exception.GetBaseException() as BadHttpRequestException)?.StatusCode ?? StatusCodes.Status500InternalServerError,
            ExceptionHandler = context => PageResult.Message(
                "Something went wrong", "The request could not be answered.", context.Response.StatusCode).ExecuteAsync(context),
        });
        app.UseRouting();
        app.UseAuthentication();
        app.MapStyle();
        app.MapSignIn();
        app.MapAuthorization();
        app.MapLogout();
        app.MapLinking();
        app.MapGet("/", () => PageResult.Message(
            "Development issuer", "It signs made-up people in. An application sends you here when you have to choose one."));
    }

    private static IResult Explain(HttpContext context) =>
        context.GetOpenIddictServerResponse()?.ErrorDescription is { } description
            ? PageResult.Message("Request refused", description, context.Response.StatusCode)
            : PageResult.Message("No such page", "Start at the application.", context.Response.StatusCode);

    private static Uri Origin(string address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var origin) && origin is { Scheme: "http" or "https", PathAndQuery: "/", Fragment: "" }
            ? origin
            : throw new ValidationException("DevelopmentIssuer:Portal must be an address of scheme, host and port.");
}
