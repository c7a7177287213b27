using System.ComponentModel.DataAnnotations;
using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Scoring.Client.Tests.Requests;

namespace Scoring.Client.Tests.Hosting;

public sealed class RegistrationTests
{
    private static readonly Uri Gateway = new("http://gateway.example/city");

    [Fact]
    public async Task A_registered_client_sends_the_token_of_its_scope_below_the_base_address_and_retries()
    {
        var platform = new AnsweringHandler(HttpStatusCode.ServiceUnavailable, HttpStatusCode.OK);
        var recorded = new RecordingHandler("""{"status":"x"}""");
        await using var container = Services(recorded, scope => scope.GetRequiredService<Caller>().Token).BuildServiceProvider();
        using var scope = container.CreateScope();
        scope.ServiceProvider.GetRequiredService<Caller>().Name = "ada";
        await scope.ServiceProvider.GetRequiredService<ScoringClient>().Health.IsLive();
        recorded.Request!.Authorization.ShouldBe("Bearer token-of-ada");
        recorded.Request.Address.AbsoluteUri.ShouldBe("http://gateway.example/city/health/live");

        await using var retrying = Services(platform, _ => _ => default).BuildServiceProvider();
        using var other = retrying.CreateScope();
        var client = other.ServiceProvider.GetRequiredService<ScoringClient>();
        await client.Health.IsLive();
        client.Retries.ShouldBe(1);
    }

    [Fact]
    public void Settings_outside_their_range_are_refused_at_start()
    {
        var services = new ServiceCollection();
        services.AddScoringClient(_ => { });
        using var container = services.BuildServiceProvider();
        Should.Throw<OptionsValidationException>(() => container.GetRequiredService<IStartupValidator>().Validate());
        foreach (var change in (Action<ScoringClientOptions>[])
        [
            options => options.Addresses.Clear(), options => options.Addresses.Add(new Uri("/relative", UriKind.Relative)),
            options => options.Addresses.Add(new Uri("ftp://gateway.example")), options => options.AttemptsMax = 0,
            options => options.AttemptsMax = 101, options => options.AttemptTimeout = TimeSpan.Zero,
            options => options.RetryDelay = TimeSpan.FromSeconds(-1), options => options.RetryAfterMax = TimeSpan.FromDays(1),
            options => options.NoticeSilenceMax = TimeSpan.Zero,
        ])
        {
            var options = new ScoringClientOptions { Addresses = { Gateway } };
            change(options);
            Should.Throw<ValidationException>(() => new ScoringClient(options));
        }
    }

    [Fact]
    public async Task A_client_of_another_caller_has_its_token_and_the_same_connections()
    {
        var recorded = new RecordingHandler("""{"status":"x"}""");
        using var client = new ScoringClient(
            new ScoringClientOptions { Addresses = { Gateway }, AccessToken = _ => ValueTask.FromResult<string?>("first") }, recorded);
        await client.Health.IsLive();
        recorded.Request!.Authorization.ShouldBe("Bearer first");
        using (var other = client.As("second")) await other.Health.IsLive();
        recorded.Request.Authorization.ShouldBe("Bearer second");
        await client.As((string?)null).Health.IsLive();
        recorded.Request.Authorization.ShouldBeNull();
    }

    [Fact]
    public async Task A_request_without_a_method_is_sent_and_its_refusal_returned()
    {
        var recorded = new RecordingHandler("{}", HttpStatusCode.NotFound);
        using var client = new ScoringClient(new ScoringClientOptions { Addresses = { Gateway } }, recorded);
        using var request = new HttpRequestMessage(HttpMethod.Get, "v2/new?x=1");
        using var answer = await client.Send(request);
        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        recorded.Request!.Address.PathAndQuery.ShouldBe("/city/v2/new?x=1");
    }

    private static ServiceCollection Services(
        HttpMessageHandler handler, Func<IServiceProvider, Func<CancellationToken, ValueTask<string?>>> accessToken)
    {
        var services = new ServiceCollection();
        services.AddScoped<Caller>();
        services.AddScoringClient(
                options =>
                {
                    options.Addresses.Add(Gateway);
                    options.RetryDelay = TimeSpan.Zero;
                },
                accessToken)
            .ConfigurePrimaryHttpMessageHandler(() => handler);
        return services;
    }

    private sealed class Caller
    {
        public string Name { get; set; } = "";

        public ValueTask<string?> Token(CancellationToken cancellationToken) => ValueTask.FromResult<string?>($"token-of-{Name}");
    }
}
