using System.Security.Cryptography;
using Scoring.City.People;
using Scoring.City.Platform;

namespace Scoring.City.Tests.People;

public sealed class SyntheticResidentsTests
{
    [Fact]
    public void The_same_seed_gives_the_same_resident_and_another_seed_another()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var one = Draw(key, "seed", "safe-driver", "vehicle-1");
        var again = Draw(key, "seed", "safe-driver", "vehicle-1");
        (again.Participant, again.Handles[0].Token).ShouldBe((one.Participant, one.Handles[0].Token));
        Draw(key, "other", "safe-driver", "vehicle-1").Participant.ShouldNotBe(one.Participant);
    }

    [Fact]
    public void No_two_residents_and_no_two_programmes_share_a_handle()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        Resident[] people =
        [
            Draw(key, "seed", "safe-driver", "a"), Draw(key, "seed", "safe-driver", "b"), Draw(key, "seed", "fair-payer", "a"),
            Draw(key, "seed", "clean-kitchen", "a"),
        ];
        string[] handles = [.. people.SelectMany(p => p.Handles).Select(h => h.Token)];
        handles.Distinct().Count().ShouldBe(handles.Length);
        handles.ShouldAllBe(h => System.Text.RegularExpressions.Regex.IsMatch(h, "^[A-Za-z0-9_-]{16,128}$"));
        people.Select(p => p.Participant).Distinct().Count().ShouldBe(people.Length);
    }

    [Fact]
    public void A_vehicle_is_known_to_traffic_and_to_cameras()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        Draw(key, "seed", "safe-driver", "a").Handles.Select(h => h.Family).ShouldBe([EventFamily.Traffic, EventFamily.Surveillance]);
    }

    private static Resident Draw(ECDsa key, string seed, string programme, string who)
    {
        var standalone = Samples.StandaloneFile(key);
        using var api = PlatformConnection.Open([standalone.Address]);
        using var credentials = new Credentials(standalone, TimeProvider.System);
        return new SyntheticResidents(standalone, credentials, new PlatformClient(api), seed).Draw(programme, who);
    }
}
