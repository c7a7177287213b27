using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;

namespace Scoring.Hosting;

/// <summary>The settings of the portal are checked at start.</summary>
public sealed class PortalOptionsTests
{
    public static TheoryData<string> Ranges =>
        [.. typeof(PortalOptions).GetProperties().Where(property => RangeOf(property) is not null).Select(property => property.Name)];

    public static TheoryData<string, Action<PortalOptions>> Wrong => new()
    {
        { "no platform", options => options.Api = [] },
        { "a platform that is no address", options => options.Api = [new Uri("ftp://platform.example")] },
        { "a relative address", options => options.Api = [new Uri("platform", UriKind.Relative)] },
        { "no IP address to listen on", options => options.Address = "portal.example" },
        { "an origin with a path", options => options.Origin = new Uri("https://portal.example/path") },
        { "an origin with a user", options => options.Origin = new Uri("https://user@portal.example") },
        { "an origin of another scheme", options => options.Origin = new Uri("ftp://portal.example") },
        { "an API for programs that is no address", options => options.PublicApi = new Uri("api", UriKind.Relative) },
        { "a theme that does not exist", options => options.Theme = "/no/such/theme.css" },
        { "no name", options => options.Name = "" },
        { "a long name", options => options.Name = new string('n', 61) },
        { "no language", options => options.DocumentLanguage = "english language" },
        { "a provider without TLS", options => options.SignIn.Authority = new Uri("http://id.example") },
        { "a provider that is no address", options => options.SignIn.Authority = new Uri("id", UriKind.Relative) },
        { "no client", options => options.SignIn = new SignInOptions { Authority = new Uri("https://id.example"), ClientId = "" } },
    };

    [Theory, MemberData(nameof(Ranges))]
    public void A_number_is_taken_up_to_its_bounds_and_not_past_them(string name)
    {
        var property = typeof(PortalOptions).GetProperty(name)!;
        var range = RangeOf(property)!;
        var least = Convert.ToInt32(range.Minimum, CultureInfo.InvariantCulture);
        var most = Convert.ToInt32(range.Maximum, CultureInfo.InvariantCulture);
        FaultsWith(least).ShouldBeEmpty();
        FaultsWith(most).ShouldBeEmpty();
        FaultsWith(least - 1).ShouldHaveSingleItem().ShouldContain(name);
        FaultsWith(most + 1).ShouldHaveSingleItem().ShouldContain(name);

        IReadOnlyList<string> FaultsWith(int value)
        {
            var options = Good();
            property.SetValue(options, value);
            return options.FindFaults();
        }
    }

    [Theory, MemberData(nameof(Wrong))]
    public async Task A_portal_with_a_wrong_setting_does_not_start(string fault, Action<PortalOptions> set)
    {
        var options = Good();
        options.FindFaults().ShouldBeEmpty();
        set(options);
        options.FindFaults().ShouldNotBeEmpty(fault);
        if (options.Api.Count > 0) await Should.ThrowAsync<ValidationException>(() => TestPortal.Start(options));
    }

    private static PortalOptions Good() => new() { Api = [TestPortal.NoPlatform] };

    private static RangeAttribute? RangeOf(PropertyInfo property) => property.GetCustomAttribute<RangeAttribute>();
}
