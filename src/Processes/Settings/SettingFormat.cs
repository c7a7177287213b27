using System.ComponentModel;
using System.Reflection;

namespace Scoring.Settings;

/// <summary>Finds settings whose text has not the form of their type, each on its own. The framework stops at the first one.</summary>
internal static class SettingFormat
{
    /// <summary>Returns why a text is no value of a setting; <see langword="null"/> when it is one.</summary>
    /// <param name="property">The property of the setting.</param>
    /// <param name="rest">What follows the property in the key: the place in a list, or empty.</param>
    /// <param name="text">The text.</param>
    public static string? Fault(PropertyInfo property, string rest, string text)
    {
        var type = rest.Length == 0 ? property.PropertyType : ElementOf(property.PropertyType);
        if (type is null) return null;
        var value = Nullable.GetUnderlyingType(type) ?? type;
        if (value != type && text.Length == 0) return null;
        if (IsList(property.PropertyType) && rest.Length == 0)
            return text.Length == 0 ? null : $"it is a list. Write {property.Name}:0, {property.Name}:1 and so on";
        try
        {
            TypeDescriptor.GetConverter(value).ConvertFromInvariantString(text);
            return null;
        }
        catch (Exception exception) when (exception is FormatException or ArgumentException or NotSupportedException or OverflowException)
        {
            return $"'{text}' is no {Noun(value)}";
        }
    }

    /// <summary>Tells whether a key has places or names below the property.</summary>
    public static bool IsList(Type type) => ElementOf(type) is not null;

    private static Type? ElementOf(Type type) =>
        type == typeof(string) ? null
        : type.IsArray ? type.GetElementType()
        : new[] { type }.Concat(type.GetInterfaces())
            .FirstOrDefault(one => one.IsGenericType && one.GetGenericTypeDefinition() == typeof(IEnumerable<>))?.GetGenericArguments()[0]
            is { } element ? ValueOf(element) : null;

    /// <summary>An element of a dictionary is a pair; its value is what a setting holds.</summary>
    private static Type ValueOf(Type element) =>
        element.IsGenericType && element.GetGenericTypeDefinition() == typeof(KeyValuePair<,>) ? element.GetGenericArguments()[1] : element;

    private static string Noun(Type type) =>
        type.IsEnum ? $"word of this setting. There are: {string.Join(", ", Enum.GetNames(type))}"
        : type == typeof(bool) ? "truth value: true or false"
        : type == typeof(int) || type == typeof(long) ? "whole number of its size"
        : type == typeof(double) ? "number"
        : type == typeof(TimeSpan) ? "duration, for example 01:00:00"
        : type == typeof(DateTimeOffset) ? "instant, for example 2026-01-31T12:00:00Z"
        : type == typeof(Uri) ? "address"
        : type.Name;
}
