using System.Reflection;

namespace Scoring.Hosting;

/// <summary>A grain factory that hands out objects of the test in place of grains.</summary>
public class FakeGrains : DispatchProxy
{
    private readonly Dictionary<Type, object> workers = [];
    private readonly Dictionary<Type, Func<string, object>> named = [];
    private Func<IGrainFactory>? _current;

    /// <summary>A factory that answers for these.</summary>
    /// <param name="workers">Stateless workers, all with key 0.</param>
    /// <param name="named">What is public and has a name of its own: programmes and registrations.</param>
    public static IGrainFactory Of(
        (Type Interface, object Grain)[] workers, params (Type Interface, Func<string, object> Grain)[] named)
    {
        var factory = Create<IGrainFactory, FakeGrains>();
        foreach (var (type, grain) in workers) ((FakeGrains)(object)factory).workers[type] = grain;
        foreach (var (type, grain) in named) ((FakeGrains)(object)factory).named[type] = grain;
        return factory;
    }

    /// <summary>A factory that hands out what another one does, which may change.</summary>
    public static IGrainFactory To(Func<IGrainFactory> current)
    {
        var factory = Create<IGrainFactory, FakeGrains>();
        ((FakeGrains)(object)factory)._current = current;
        return factory;
    }

    /// <inheritdoc/>
    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        if (_current is not null) return ((FakeGrains)(object)_current()).Invoke(targetMethod, args);
        if (targetMethod is { Name: "GetGrain", IsGenericMethod: true } && targetMethod.GetGenericArguments()[0] is var type)
        {
            if (args is [0L, ..] && workers.TryGetValue(type, out var grain)) return grain;
            if (args is [string key, ..] && named.TryGetValue(type, out var of)) return of(key);
        }

        throw new NotSupportedException("The gateway may only ask stateless workers with key 0, and administrators' grains by name.");
    }
}
