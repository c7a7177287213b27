using System.ComponentModel.DataAnnotations;
using System.Reflection;

namespace Scoring.Settings;

/// <summary>A section of the configuration and the options class that reads it.</summary>
/// <param name="Name">The section's name, for example <c>Gateway:Limits</c>.</param>
/// <param name="Type">The options class.</param>
public sealed record SettingsSection(string Name, Type Type)
{
    /// <summary>The settings of the section, in the order of the class.</summary>
    public IReadOnlyList<PropertyInfo> Properties { get; } = [.. Type.GetProperties().Where(IsSetting)];

    /// <summary>The full names of the settings.</summary>
    public IEnumerable<string> Names => Properties.Select(property => $"{Name}:{property.Name}");

    /// <summary>Returns the sections of assemblies: of each class of options or limits that names its section.</summary>
    public static IReadOnlyList<SettingsSection> In(params IEnumerable<Assembly> assemblies) =>
    [
        .. from assembly in assemblies
           from type in assembly.GetTypes()
           where !type.IsAbstract && (type.Name.EndsWith("Options", StringComparison.Ordinal)
               || type.Name.EndsWith("Limits", StringComparison.Ordinal))
           let section = SectionOf(type)
           where section is not null
           select new SettingsSection(section, type),
    ];

    /// <summary>Returns what the annotations of options refuse, one sentence for each fault, with the setting's full name.</summary>
    public static IEnumerable<string> FindFaults(string section, object options)
    {
        var faults = new List<ValidationResult>();
        Validator.TryValidateObject(options, new ValidationContext(options), faults, validateAllProperties: true);
        return faults.Select(fault => Sentence(section, fault));
    }

    private static string Sentence(string section, ValidationResult fault)
    {
        var text = fault.ErrorMessage ?? "It is not valid.";
        if (text.Contains(section + ":", StringComparison.Ordinal)) return text;
        return fault.MemberNames.FirstOrDefault() is { } name ? $"{section}:{name}: {text}" : $"{section}: {text}";
    }

    private static string? SectionOf(Type type) =>
        type.GetField("Section", BindingFlags.Public | BindingFlags.Static) is { IsLiteral: true } field
            ? field.GetRawConstantValue() as string
            : null;

    /// <summary>Options inside options are a section of their own.</summary>
    private static bool IsSetting(PropertyInfo property) =>
        !property.IsDefined(typeof(SetByPlatformAttribute)) && SectionOf(property.PropertyType) is null;
}
