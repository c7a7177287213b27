using System.Reflection;

namespace Scoring.Hosting;

/// <summary>A grain factory that returns the test's objects in place of grains.</summary>
public class FakeGrains : DispatchProxy
{
    private readonly Dictionary<Type, object> _workers = [];
    private readonly Dictionary<Type, Func<string, object>> _named = [];
    private readonly Dictionary<Type, object> _drawn = [];
    private Func<IGrainFactory>? _current;

    /// <summary>Returns a factory of these grains.</summary>
    /// <param name="workers">Stateless workers, all with key 0.</param>
    /// <param name="named">Grains of public things that have a name: programmes and registrations.</param>
    public static IGrainFactory Of(
        (Type Interface, object Grain)[] workers, params (Type Interface, Func<string, object> Grain)[] named)
    {
        var factory = Create<IGrainFactory, FakeGrains>();
        foreach (var (type, grain) in workers) ((FakeGrains)(object)factory)._workers[type] = grain;
        foreach (var (type, grain) in named) ((FakeGrains)(object)factory)._named[type] = grain;
        return factory;
    }

    /// <summary>Adds a grain whose key is a random number that the gateway draws.</summary>
    public static IGrainFactory WithDrawn(IGrainFactory factory, Type type, object grain)
    {
        ((FakeGrains)(object)factory)._drawn[type] = grain;
        return factory;
    }

    /// <summary>Returns a factory that forwards each call to the current one.</summary>
    public static IGrainFactory To(Func<IGrainFactory> current)
    {
        var factory = Create<IGrainFactory, FakeGrains>();
        ((FakeGrains)(object)factory)._current = current;
        return factory;
    }

    /// <inheritdoc/>
    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        if (_current is not null) return Forward(_current, targetMethod!, args);
        if (targetMethod is { Name: "GetGrain", IsGenericMethod: true } && targetMethod.GetGenericArguments()[0] is var type)
        {
            if (args is [0L, ..] && _workers.TryGetValue(type, out var grain)) return grain;
            if (args is [long and not 0, ..] && _drawn.TryGetValue(type, out var drawn)) return drawn;
            if (args is [string key, ..] && _named.TryGetValue(type, out var make)) return make(key);
        }

        throw new NotSupportedException(
            "The gateway may only call stateless workers with key 0, streams by a random number, and administrators' grains by name.");
    }

    /// <summary>A reference to a grain, which the gateway may keep while the current factory changes.</summary>
    private static object Forward(Func<IGrainFactory> current, MethodInfo get, object?[]? args)
    {
        _ = Grain(); // throws at once when the gateway may not call it
        var reference = Create(get.ReturnType, typeof(GrainReference));
        ((GrainReference)reference).Grain = Grain;
        return reference;

        object Grain() => ((FakeGrains)(object)current()).Invoke(get, args)!;
    }

    /// <summary>Forwards each call to the grain of the test that currently uses the gateway.</summary>
    internal class GrainReference : DispatchProxy
    {
        public Func<object> Grain { get; set; } = null!;

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) =>
            targetMethod!.Invoke(Grain(), BindingFlags.DoNotWrapExceptions, null, args, null);
    }
}
