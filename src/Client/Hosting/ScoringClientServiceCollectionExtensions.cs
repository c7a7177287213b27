using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Scoring.Client;

/// <summary>Registers the client in a container.</summary>
public static class ScoringClientServiceCollectionExtensions
{
    /// <summary>The name of the HTTP client that the factory makes.</summary>
    public const string HttpClientName = "Scoring.Client";

    /// <summary>Registers <see cref="ScoringClient"/> for each scope, with one caller's access token for all.</summary>
    /// <param name="services">The services.</param>
    /// <param name="configure">Sets the options. They are checked at start.</param>
    /// <returns>The builder of the HTTP client, to change the handler that sends, for example.</returns>
    public static IHttpClientBuilder AddScoringClient(this IServiceCollection services, Action<ScoringClientOptions> configure) =>
        AddScoringClient(services, configure, scope => scope.GetRequiredService<IOptions<ScoringClientOptions>>().Value.AccessToken);

    /// <summary>Registers <see cref="ScoringClient"/> for each scope, with the access token of the scope's caller.</summary>
    /// <param name="services">The services.</param>
    /// <param name="configure">Sets the options. They are checked at start.</param>
    /// <param name="accessToken">Returns, for the services of a scope, what gives its caller's access token before each request.</param>
    /// <returns>The builder of the HTTP client, to change the handler that sends, for example.</returns>
    public static IHttpClientBuilder AddScoringClient(
        this IServiceCollection services, Action<ScoringClientOptions> configure,
        Func<IServiceProvider, Func<CancellationToken, ValueTask<string?>>> accessToken)
    {
        services.AddOptions<ScoringClientOptions>().Configure(configure).ValidateOnStart();
        services.AddSingleton<IValidateOptions<ScoringClientOptions>, ScoringClientOptionsValidator>();
        services.AddSingleton(container => new RetryPipelines(OptionsOf(container)));
        services.AddScoped(scope => new ScoringClient(
            new ScoringConnection(
                scope.GetRequiredService<IHttpClientFactory>().CreateClient(HttpClientName), OptionsOf(scope),
                scope.GetRequiredService<RetryPipelines>()),
            accessToken(scope), ownsConnection: true));
        var builder = services.AddHttpClient(HttpClientName);
        builder.ConfigureAdditionalHttpMessageHandlers((handlers, container) =>
        {
            foreach (var handler in ScoringConnection.Handlers(OptionsOf(container), container.GetRequiredService<RetryPipelines>()))
                handlers.Add(handler);
        });
        return builder;
    }

    private static ScoringClientOptions OptionsOf(IServiceProvider container) =>
        container.GetRequiredService<IOptions<ScoringClientOptions>>().Value;
}
