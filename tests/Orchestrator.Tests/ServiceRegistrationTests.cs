using LxcNative.Orchestrator.Checkpoints;
using LxcNative.Orchestrator.Restores;
using Microsoft.Extensions.DependencyInjection;

namespace LxcNative.Orchestrator.Tests;

public class ServiceRegistrationTests
{
    [Fact]
    public void OneOfEachIsRegistered()
    {
        var services = new Services();

        services.AddLxcNative();

        Assert.Equal([typeof(Checkpointer), typeof(Restorer)], services.Select(one => one.ServiceType));
        Assert.All(services, one => Assert.Equal(ServiceLifetime.Singleton, one.Lifetime));
    }

    private sealed class Services : List<ServiceDescriptor>, IServiceCollection;
}
