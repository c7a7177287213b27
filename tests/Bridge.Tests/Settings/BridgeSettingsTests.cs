using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Configuration;
using Scoring.Bridge.Commands;
using Scoring.Signals;
using Scoring.Testing;

namespace Scoring.Bridge.Settings;

public sealed partial class BridgeSettingsTests
{
    private static readonly string[] Folder =
        ["--Bridge:From=Folder", "--Folder:Path=x", "--Platform:Addresses:0=https://platform.test", "--Platform:TokenFile=t"];

    public static TheoryData<string, string> Wrong => new()
    {
        { "--Bridge:From=", "Bridge:From" },
        { "--Bridge:From=Kafka", "Kafka:Servers" },
        { "--Bridge:From=Mqtt", "DeadLetters:Folder" },
        { "--Folder:Path=", "Folder:Path" },
        { "--Batches:EventsMax=0", "Batches:EventsMax" },
        { "--Batches:EventsMax=many", "Batches" },
        { "--DeadLetters:Days=91", "DeadLetters:Days" },
        { "--Platform:Addresses:0=http://platform.test", "https" },
        { "--Platform:TokenFile=", "TokenFile" },
        { "--Platform:ClientId=both", "TokenFile" },
        { "--Folder:Paht=x", "Paht" },
        { "--Mqtt:Host=broker.test --Mqtt:Tls=false", "this machine only" },
        { "--Mqtt:CertificateFile=x", "KeyFile" },
        { "--Mqtt:PasswordFile=x", "User" },
        { "--Kafka:Servers:0=broker.test:9092 --Kafka:Tls=false", "this machine only" },
        { "--Kafka:User=x", "SignIn" },
        { "--Kafka:SignIn=Plain", "PasswordFile" },
    };

    private static Type[] OptionTypes =>
    [
        .. typeof(BridgeSettings).Assembly.GetTypes().Where(type => type.Name.EndsWith("Options", StringComparison.Ordinal)),
        typeof(TelemetryOptions),
    ];

    [Fact]
    public void Settings_that_are_right_are_read()
    {
        Read(Folder).Folder.Path.ShouldBe("x");
        Read([.. Folder, "--Kafka:Servers:0=localhost:9092", "--Kafka:Tls=false"]).Kafka.Tls.ShouldBeFalse();
    }

    [Theory, MemberData(nameof(Wrong))]
    public void A_setting_that_is_wrong_is_named_at_start(string wrong, string named) =>
        Should.Throw<SettingsException>(() => Read([.. Folder, .. wrong.Split(' ')])).Message.ShouldContain(named);

    [Fact]
    public void All_problems_are_named_at_once()
    {
        var message = Should.Throw<SettingsException>(() => Read(["--Batches:EventsMax=0", "--Buffer:EventsMax=0"])).Message;
        foreach (var part in new[] { "Bridge:From", "Batches:EventsMax", "Buffer:EventsMax", "Platform:Addresses" })
            message.ShouldContain(part);
    }

    [Fact]
    public void A_section_that_does_not_exist_is_refused_in_a_file_and_on_the_command_line()
    {
        using var place = new ScratchPlace();
        File.WriteAllText(place.In("bridge.json"), """{"Kafak":{"Topics":["a"]}}""");
        Should.Throw<SettingsException>(() => BridgeSettings.Read(place.In("bridge.json"), Folder)).Message.ShouldContain("Kafak");
        Should.Throw<SettingsException>(() => BridgeSettings.Read(null, [.. Folder, "--Foldre:Path=x"])).Message.ShouldContain("Foldre");
    }

    [Theory]
    [InlineData(0, "")]
    [InlineData(1, "--Foldre:Path=x --Folder:Paht=x --Batches:EventsMax=0 --Kafka:CaFile=/no/ca.pem")]
    public async Task The_check_of_the_configuration_has_the_exit_code_of_every_process(int code, string wrong)
    {
        using var place = new ScratchPlace();
        await File.WriteAllTextAsync(place.In("token"), "t", TestContext.Current.CancellationToken);
        string[] given = [.. Folder, $"--Platform:TokenFile={place.In("token")}"];
        var line = BridgeCommand.Build().Parse(["check-config", .. given, .. wrong.Split(' ', StringSplitOptions.RemoveEmptyEntries)]);
        (await line.InvokeAsync(cancellationToken: TestContext.Current.CancellationToken)).ShouldBe(code);
    }

    [Fact]
    public void A_file_that_a_setting_names_and_that_is_missing_is_named()
    {
        Read([.. Folder, "--Platform:TokenFile=/no/token", "--Bridge:HealthFile=/no/health"]).FindUnreadableFiles()
            .ShouldHaveSingleItem().ShouldStartWith("Platform:TokenFile: /no/token");
    }

    [Fact]
    public void The_command_line_overrides_the_file()
    {
        using var place = new ScratchPlace();
        File.WriteAllText(place.In("bridge.json"), """{"Folder":{"Path":"file","PollSeconds":7}}""");
        var read = BridgeSettings.Read(place.In("bridge.json"), Folder);
        (read.Folder.Path, read.Folder.PollSeconds).ShouldBe(("x", 7));
    }

    /// <summary>The page lists every setting with the default and the range of the code, and no other.</summary>
    [Fact]
    public void The_page_of_the_bridge_lists_every_setting()
    {
        var rows = File.ReadLines(Path.Combine(Repository.Root, "docs", "bridge.md")).Select(line => Row().Match(line))
            .Where(row => row.Success).Select(row => (row.Groups[1].Value, row.Groups[2].Value.Trim(), row.Groups[3].Value.Trim()));
        rows.OrderBy(row => row.Item1, StringComparer.Ordinal).ShouldBe(
            OptionTypes.SelectMany(Rows).OrderBy(row => row.Item1, StringComparer.Ordinal));
    }

    private static IEnumerable<(string Name, string Default, string Range)> Rows(Type type)
    {
        var section = (string)type.GetField("Section")!.GetRawConstantValue()!;
        var options = Activator.CreateInstance(type)!;
        foreach (var property in type.GetProperties())
        {
            var value = property.GetValue(options);
            var range = property.GetCustomAttribute<RangeAttribute>();
            var limits = range is null ? "" : $"{Text(range.Minimum)} to {Text(range.Maximum)}";
            yield return ($"{section}:{property.Name}", Text(value), limits);
        }

        static string Text(object? value) => value switch
        {
            null or "" or System.Collections.ICollection { Count: 0 } => "",
            bool isOn => isOn ? "true" : "false",
            string or Enum => $"`{value}`",
            _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
        };
    }

    private static BridgeSettings Read(string[] arguments) =>
        BridgeSettings.Read(new ConfigurationBuilder().AddCommandLine(arguments).Build());

    [GeneratedRegex(@"^\| `([A-Z]\w+:\w+)` \|([^|]*)\|([^|]*)\|")]
    private static partial Regex Row();
}
