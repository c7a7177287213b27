using System.Diagnostics.Metrics;
using System.Reflection;
using System.Runtime.CompilerServices;
using Scoring.Hosting;
using Scoring.Testing;

namespace Scoring.Architecture;

/// <summary>Every metric of silos and gateways, from the static fields of their code.</summary>
internal static class PlatformMetrics
{
    /// <summary>The fields that hold an instrument.</summary>
    public static IReadOnlyList<FieldInfo> Fields { get; } =
    [
        .. (from project in new[] { "Grains.Interfaces", "Core", "Grains", "Hosting", "Silo", "Gateway", "Standalone" }
            from type in Assembly.Load($"Scoring.{project}").GetTypes()
            where !type.ContainsGenericParameters
            from field in type.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)
            where field.FieldType.IsAssignableTo(typeof(Instrument))
            select field).Found("instruments"),
    ];

    /// <summary>The metrics in the order of their names.</summary>
    public static IReadOnlyList<Measure> All { get; } = Read();

    /// <summary>The names of their series in Prometheus, each with its metric.</summary>
    public static IReadOnlyDictionary<string, Measure> Series { get; } =
        All.SelectMany(measure => PrometheusName.Of(measure).Select(name => (name, measure))).ToDictionary();

    private static IReadOnlyList<Measure> Read()
    {
        foreach (var holder in Fields.Select(field => field.DeclaringType!).Distinct())
            RuntimeHelpers.RunClassConstructor(holder.TypeHandle);
        return ScoringMeter.Measures;
    }
}
