using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Scoring.Settings;

[Collection("environment of the process")]
public sealed class CheckConfigCommandTests
{
    private const string Given = "--Sample:Password=secret";

    [Fact]
    public void A_configuration_without_a_mistake_has_exit_code_0() =>
        Check(Given, "--Sample:Numbers:0=1", "--Sample:Names:a=b", "--sample:isOn=TRUE").ShouldBe(
            (0, "The configuration of Sample is right. It gives 4 settings; all others have their defaults (Production).\n"));

    [Fact]
    public void Every_mistake_is_named_at_once_and_the_exit_code_is_1()
    {
        var (code, text) = Check(
            "--Sample:Count=many", "--Sample:IsOn=maybe", "--Sample:Pause=soon", "--Sample:Day=Noday", "--Sample:Until=then",
            "--Sample:Numbers:0=1", "--Sample:Numbers:1=one", "--Sample:Numbers=1", "--Sample:Coumt=1", "--Sample:Count:0=1",
            "--Sampel:Count=1", "--Storage:ConectionString=of-another-process", "--Sample:Folder=/not/there");
        code.ShouldBe(1);
        text.Split('\n')[1..^2].ShouldBe(
            [
                "  - There is no setting Sample:Coumt. Did you mean Sample:Count?",
                "  - There is no setting Sample:Count:0. Did you mean Sample:Count?",
                "  - There is no section Sampel, which Sampel:Count names. Did you mean Sample?",
                "  - Sample:Count: 'many' is no whole number of its size.",
                "  - Sample:IsOn: 'maybe' is no truth value: true or false.",
                "  - Sample:Pause: 'soon' is no duration, for example 01:00:00.",
                "  - Sample:Day: 'Noday' is no word of this setting. There are: "
                    + "Sunday, Monday, Tuesday, Wednesday, Thursday, Friday, Saturday.",
                "  - Sample:Until: 'then' is no instant, for example 2026-01-31T12:00:00Z.",
                "  - Sample:Numbers: it is a list. Write Numbers:0, Numbers:1 and so on.",
                "  - Sample:Numbers:1: 'one' is no whole number of its size.",
                "  - Sample:Folder: /not/there does not exist.",
                "  - Sample:Password: The Password field is required.",
            ], ignoreOrder: true);
        text.ShouldStartWith("The configuration of Sample has 12 mistakes:\n");
        text.ShouldEndWith("docs/configuration.md lists all settings with their defaults and ranges.\n");
    }

    [Fact]
    public void A_value_outside_its_range_is_named_with_its_setting() => Check(Given, "--Sample:Count=11").Text.ShouldContain(
        "  - Sample:Count: The field Count must be between 1 and 10.\n");

    [Theory]
    [InlineData("start")]
    [InlineData("--Sample:Count")]
    public void What_is_no_setting_is_a_wrong_command(string argument)
    {
        var (code, text) = Check(argument);
        code.ShouldBe(2);
        text.ShouldContain("Usage: Sample check-config [--Section:Name=value ...]");
    }

    [Fact]
    public void Options_that_cannot_be_made_are_checked_by_their_annotations_too()
    {
        var text = Check(
            ["--Sample:Count=11"],
            services => services.AddOptions<SampleOptions>().Configure(_ => throw new InvalidOperationException("No key."))).Text;
        text.ShouldContain("  - No key.\n");
        text.ShouldContain("  - Sample:Count:");
        text.ShouldContain("  - Sample:Password:");
    }

    private static (int Code, string Text) Check(params string[] settings) => Check(settings, _ => { });

    private static (int Code, string Text) Check(string[] settings, Action<IServiceCollection> more)
    {
        using var output = new StringWriter { NewLine = "\n" };
        var code = new CheckConfigCommand("Sample", new ConfigurationCheck(typeof(SampleOptions).Assembly), output).Run(
            settings,
            arguments => Host.CreateApplicationBuilder(
                new HostApplicationBuilderSettings { Args = arguments, EnvironmentName = "Production" }),
            builder =>
            {
                builder.Services.AddSettings<SampleOptions>(builder.Configuration, SampleOptions.Section);
                more(builder.Services);
            });
        return (code, output.ToString());
    }
}
