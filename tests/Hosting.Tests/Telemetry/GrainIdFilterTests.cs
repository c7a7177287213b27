using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Scoring.Telemetry;

public sealed class GrainIdFilterTests
{
    [Theory]
    [InlineData("Orleans.Runtime.CallbackData")]
    [InlineData("Orleans.Grain")]
    [InlineData("Orleans.Runtime.Messaging.SiloConnection")]
    [InlineData("Orleans.Runtime.GrainDirectory.LocalGrainDirectory")]
    [InlineData("Orleans.Runtime.GrainTimer")]
    [InlineData("Orleans.Streams.StreamConsumerExtension")]
    public void Categories_that_print_grain_ids_are_silent(string category)
    {
        using var factory = LoggerFactory.Create(logging => logging.AddProvider(new EnabledLogger()).FilterGrainIds());
        factory.CreateLogger(category).IsEnabled(LogLevel.Error).ShouldBeFalse();
        factory.CreateLogger("Orleans.Runtime.Silo").IsEnabled(LogLevel.Warning).ShouldBeTrue();
        factory.CreateLogger("Scoring.Ledger.PartitionGrain").IsEnabled(LogLevel.Information).ShouldBeTrue();
    }

    [Theory]
    [InlineData("Logging:LogLevel:Orleans.Runtime.CallbackData")]
    [InlineData("Logging:LogLevel:Orleans.Runtime.CallbackData.Of")]
    [InlineData("Logging:Enabled:LogLevel:Default")]
    [InlineData("Logging:Enabled:LogLevel:Orleans.Runtime.CallbackData.Of.A.Call")]
    public void No_configuration_turns_a_silent_category_on(string setting)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration.AddInMemoryCollection([KeyValuePair.Create(setting, (string?)"Trace")]);
        builder.Logging.AddConfiguration(builder.Configuration.GetSection("Logging"));
        builder.Logging.AddProvider(new EnabledLogger());
        builder.AddGrainTelemetry();
        using var host = builder.Build();
        var factory = host.Services.GetRequiredService<ILoggerFactory>();
        factory.CreateLogger("Orleans.Runtime.CallbackData.Of.A.Call").IsEnabled(LogLevel.Error).ShouldBeFalse();
        factory.CreateLogger("Orleans.Runtime.CallbackData.Of.A.Call").IsEnabled(LogLevel.Critical).ShouldBeTrue();
        factory.CreateLogger("Orleans.Runtime.Silo").IsEnabled(LogLevel.Information).ShouldBeFalse();
    }

    [Fact]
    public void A_configuration_may_log_less_and_decides_about_every_other_category()
    {
        using var factory = LoggerFactory.Create(logging => logging.AddProvider(new EnabledLogger())
            .AddFilter("Orleans", LogLevel.Error).AddFilter("Scoring", LogLevel.Debug).FilterGrainIds());
        factory.CreateLogger("Orleans.Runtime.Silo").IsEnabled(LogLevel.Warning).ShouldBeFalse();
        factory.CreateLogger("Orleans.Runtime.Silo").IsEnabled(LogLevel.Error).ShouldBeTrue();
        factory.CreateLogger("Scoring.Ledger.PartitionGrain").IsEnabled(LogLevel.Debug).ShouldBeTrue();
        factory.CreateLogger("Npgsql").IsEnabled(LogLevel.Debug).ShouldBeFalse();
    }

    [ProviderAlias("Enabled")]
    private sealed class EnabledLogger : ILoggerProvider, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel level, EventId id, TState state, Exception? exception, Func<TState, Exception?, string> text)
        {
        }

        public void Dispose()
        {
        }
    }
}
