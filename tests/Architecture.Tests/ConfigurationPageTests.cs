using System.Collections;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using Microsoft.Extensions.Configuration;
using Scoring.Settings;

namespace Scoring.Architecture;

/// <summary>Holds <c>docs/configuration.md</c> equal to the options classes: each setting with default, range and meaning.</summary>
public sealed class ConfigurationPageTests
{
    private const string Page = "docs/configuration.md";

    /// <summary>Defaults that are no constant of the code, in words.</summary>
    private static readonly Dictionary<string, string> InWords = new()
    {
        ["Programmes:Folder"] = "`programmes` next to the program",
        ["Erasures:Folder"] = "required outside Development",
    };

    /// <summary>The tables of the page, each with the projects whose options it lists.</summary>
    public static TheoryData<string, string[]> Tables => new()
    {
        { "each process", ["Processes", "Telemetry"] },
        { "silos and gateways", ["Hosting"] },
        { "silo", ["Core", "Grains", "Silo"] },
        { "gateway", ["Gateway"] },
        { "portal", ["Portal"] },
        { "standalone", ["Standalone", "DevelopmentIssuer"] },
    };

    [Theory, MemberData(nameof(Tables))]
    public void A_table_is_made_from_the_options(string name, string[] projects)
    {
        var sections = Sections(projects);
        sections.ShouldNotBeEmpty();
        GeneratedTable.ShouldHold(
            Page, name,
            [
                "| setting | default | range | meaning |", "|---|---|---|---|",
                .. from section in sections.OrderBy(section => section.Name, StringComparer.Ordinal)
                   let options = Activator.CreateInstance(section.Type)!
                   from property in section.Properties
                   select Row(section, property, property.GetValue(options)),
            ]);
    }

    [Fact]
    public void Each_class_of_options_is_in_a_table_and_says_what_each_setting_means()
    {
        var listed = Tables.SelectMany(table => Sections(table.Data.Item2)).ToArray();
        (from project in SourceTree.Projects.Keys
         where project != "Client" // its options are set in code
         from type in Assembly.Load($"Scoring.{project}").GetTypes()
         where type.Name.EndsWith("Options", StringComparison.Ordinal) && type is { IsAbstract: false, IsInterface: false, IsNested: false }
         where listed.All(section => section.Type != type)
         select type.FullName).ShouldBeEmpty("classes of options without a section");
        (from section in listed
         from property in section.Properties
         where SummaryText.Of(section.Type, property.Name).Length == 0
         select $"{section.Name}:{property.Name}").ShouldBeEmpty();
    }

    /// <summary>One file may hold the settings of all processes, so none calls another one's settings unknown.</summary>
    [Fact]
    public void No_process_takes_a_setting_of_another_one_for_a_mistake()
    {
        var names = Tables.SelectMany(table => Sections(table.Data.Item2)).SelectMany(section => section.Names);
        var given = new ConfigurationBuilder()
            .AddInMemoryCollection(names.Distinct().Select(name => KeyValuePair.Create(name, (string?)"x"))).Build();
        foreach (var projects in (string[][])[
            ["Processes", "Hosting", "Core", "Grains", "Silo"], ["Processes", "Hosting", "Gateway"], ["Processes", "Portal"]])
            new SettingNames(Sections(projects)).FindUnknown(given).ShouldBeEmpty(projects[^1]);
    }

    private static IReadOnlyList<SettingsSection> Sections(string[] projects) =>
        SettingsSection.In(projects.Select(project => Assembly.Load($"Scoring.{project}")));

    private static string Row(SettingsSection section, PropertyInfo property, object? value)
    {
        var name = $"{section.Name}:{property.Name}";
        var secret = property.IsDefined(typeof(SecretAttribute)) ? "**Secret.** " : "";
        var meaning = SummaryText.Of(section.Type, property.Name);
        return $"| `{name}` | {InWords.GetValueOrDefault(name) ?? Default(property, value)} | {Range(property)} | {secret}{meaning} |";
    }

    private static string Default(PropertyInfo property, object? value) => value switch
    {
        null or "" => property.IsDefined(typeof(RequiredAttribute)) ? "required" : "none",
        bool isOn => isOn ? "true" : "false",
        string or Enum or Uri => $"`{value}`",
        IEnumerable => property.IsDefined(typeof(RequiredAttribute)) ? "required" : "none",
        _ => Invariant(value),
    };

    private static string Range(PropertyInfo property)
    {
        if (property.GetCustomAttribute<RangeAttribute>() is { } range) return $"{Invariant(range.Minimum)} to {Invariant(range.Maximum)}";
        if (property.GetCustomAttribute<StringLengthAttribute>() is { } length)
            return $"{Math.Max(length.MinimumLength, 1)} to {length.MaximumLength} characters";
        if (property.GetCustomAttribute<MaxLengthAttribute>() is { } most)
            return $"at most {most.Length}{(property.PropertyType == typeof(string) ? " characters" : "")}";
        return property.PropertyType is { IsEnum: true } words ? string.Join(", ", Enum.GetNames(words).Select(word => $"`{word}`")) : "";
    }

    private static string Invariant(object value) => Convert.ToString(value, CultureInfo.InvariantCulture)!;
}
