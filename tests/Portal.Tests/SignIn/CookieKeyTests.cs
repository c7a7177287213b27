using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection;
using Scoring.Hosting;

namespace Scoring.SignIn;

public sealed class CookieKeyTests
{
    /// <summary>So a restart changes the keys, and nothing on a disk opens a cookie.</summary>
    [Fact]
    public async Task Each_process_draws_the_keys_of_its_cookies_and_forms()
    {
        await using var one = Portal();
        await using var other = Portal();
        var text = Protector(one).Protect("a cookie");
        Protector(one).Unprotect(text).ShouldBe("a cookie");
        Should.Throw<CryptographicException>(() => Protector(other).Unprotect(text));
    }

    private static ServiceProvider Portal()
    {
        var services = new ServiceCollection();
        services.AddLogging().AddPortal(new PortalOptions(), TimeProvider.System);
        return services.BuildServiceProvider();
    }

    private static IDataProtector Protector(ServiceProvider portal) =>
        portal.GetRequiredService<IDataProtectionProvider>().CreateProtector("a test");
}
