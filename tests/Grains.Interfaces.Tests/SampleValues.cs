using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;
using Scoring.Programmes;
using Scoring.Subjects;

namespace Scoring.Tests;

/// <summary>Makes values of contract types in which every text and id is a canary: a value that a print is searched for.</summary>
internal static class SampleValues
{
    private static readonly Guid Key = new("c0ffee00-1bad-4b1e-8a5e-0ddba11f00d5");

    private static readonly ConcurrentDictionary<PropertyInfo, string> ByMember = new();

    public static SubjectId Subject { get; } = new(0x7eadbeefcafe1234);

    /// <summary>Returns every canary that a value made so far may hold for such a member, and those of keys and subjects.</summary>
    public static IEnumerable<string> Canaries(Func<PropertyInfo, bool> isWanted) =>
        [Key.ToString(), Subject.ToString(), "canary-of-a-parameter", .. ByMember.Where(one => isWanted(one.Key)).Select(one => one.Value)];

    /// <summary>Returns a value of the type. A text is the canary of its member, or that of a parameter.</summary>
    public static object? Of(Type type, string name = "", PropertyInfo? member = null)
    {
        if (Nullable.GetUnderlyingType(type) is { } underlying) return Of(underlying, name, member);
        if (type == typeof(string)) return member is null ? "canary-of-a-parameter" : Canary(member);
        if (type == typeof(Guid)) return Key;
        if (type == typeof(SubjectId)) return Subject;
        if (type == typeof(byte[])) return Encoding.UTF8.GetBytes("canary-of-a-parameter");
        if (type == typeof(ProgrammeId)) return ProgrammeId.Parse("calm");
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(ImmutableArray<>)) return ArrayOf(type, name, member);
        if (type.IsAbstract) return Of(type.Assembly.GetTypes().First(one => one.BaseType == type && !TakesAny(one, type)));
        if (type.Namespace!.StartsWith("Scoring", StringComparison.Ordinal) && !type.IsEnum) return RecordOf(type);
        return RuntimeHelpers.GetUninitializedObject(type);
    }

    /// <summary>Returns the type of a member's values: of an array that of its elements, of a nullable value that of the value.</summary>
    public static Type ElementOf(Type type) =>
        type.IsGenericType && (type.GetGenericTypeDefinition() == typeof(ImmutableArray<>) || Nullable.GetUnderlyingType(type) is not null)
            ? ElementOf(type.GetGenericArguments()[0])
            : type;

    private static object RecordOf(Type type)
    {
        var constructor = type.GetConstructors().OrderByDescending(one => one.GetParameters().Length).FirstOrDefault();
        var made = constructor is null
            ? RuntimeHelpers.GetUninitializedObject(type)
            : constructor.Invoke([.. constructor.GetParameters()
                .Select(one => Of(one.ParameterType, one.Name!, type.GetProperty(one.Name!)))]);
        foreach (var member in type.GetProperties().Where(one => one is { CanWrite: true } && one.SetMethod!.IsPublic))
            member.SetValue(made, Of(member.PropertyType, member.Name, member));
        return made;
    }

    private static object ArrayOf(Type type, string name, PropertyInfo? member)
    {
        var element = type.GetGenericArguments()[0];
        var values = Array.CreateInstance(element, 1);
        values.SetValue(Of(element, name, member), 0);
        return typeof(ImmutableArray).GetMethods()
            .Single(one => one.Name == nameof(ImmutableArray.Create) && one.GetParameters() is [{ ParameterType.IsArray: true }])
            .MakeGenericMethod(element).Invoke(null, [values])!;
    }

    private static bool TakesAny(Type type, Type wanted) =>
        type.GetConstructors().SelectMany(one => one.GetParameters()).Any(one => ElementOf(one.ParameterType) == wanted);

    private static string Canary(PropertyInfo member) =>
        ByMember.GetOrAdd(member, one => $"canary-of-{one.DeclaringType!.Name}-{one.Name}");
}
