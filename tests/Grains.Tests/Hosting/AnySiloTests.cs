using System.Collections.Concurrent;
using System.Reflection;
using Orleans.Concurrency;
using Orleans.Runtime;
using Scoring.Receipts;

namespace Scoring.Hosting;

/// <summary>The cluster's client spreads the calls of stateless workers over the silos.</summary>
public sealed class AnySiloTests
{
    [Fact]
    public async Task Calls_of_one_worker_reach_every_silo()
    {
        var silos = new ConcurrentBag<SiloAddress>();
        await using var city = await TestCity.Start(build: silo => silo.AddIncomingGrainCallFilter(call =>
        {
            if (call.Grain is IReceiptGrain) silos.Add(call.TargetContext.Address.SiloAddress!);
            return call.Invoke();
        }));
        for (var i = 0; i < 20; i++) await city.Grains.GetGrain<IReceiptGrain>(0).Keys();
        silos.Count.ShouldBe(20);
        silos.Distinct().Count().ShouldBe(2);
    }

    [Fact]
    public void Every_method_of_a_stateless_worker_is_for_any_silo()
    {
        var methods = typeof(GrainMetrics).Assembly.GetTypes()
            .Where(type => type.GetCustomAttribute<StatelessWorkerAttribute>() is not null)
            .SelectMany(type => type.GetInterfaces()).Where(type => type.Namespace!.StartsWith(nameof(Scoring), StringComparison.Ordinal))
            .Distinct().SelectMany(type => type.GetMethods()).ToArray();
        methods.Length.ShouldBeGreaterThan(50);
        methods.Where(method => method.GetCustomAttribute<AnySiloAttribute>() is null)
            .Select(method => $"{method.DeclaringType!.Name}.{method.Name}").ShouldBeEmpty();
    }
}
