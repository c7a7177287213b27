using System.Reflection;

namespace Scoring.Hosting;

/// <summary>A grain factory that hands out objects of the test in place of grains.</summary>
public class FakeGrains : DispatchProxy
{
    private readonly Dictionary<Type, object> grains = [];

    /// <summary>A factory that answers for these.</summary>
    public static IGrainFactory Of(params (Type Interface, object Grain)[] grains)
    {
        var factory = Create<IGrainFactory, FakeGrains>();
        foreach (var (type, grain) in grains) ((FakeGrains)(object)factory).grains[type] = grain;
        return factory;
    }

    /// <inheritdoc/>
    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) =>
        targetMethod is { Name: "GetGrain", IsGenericMethod: true } && args is [0L, ..]
        && grains.TryGetValue(targetMethod.GetGenericArguments()[0], out var grain)
            ? grain
            : throw new NotSupportedException("The gateway may only ask stateless workers with key 0.");
}
